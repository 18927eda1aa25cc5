"""Templates that a stranger could put into a model file."""

# Each would create the file CANARY in an unprotected Jinja, or reads what is none of its business.
ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ().__class__.__base__.__subclasses__()[0] }}",
    "{{ messages.__class__.__init__.__globals__ }}",
    "{{ messages[0].__class__.__bases__ }}",
    "{{ cycler.__init__.__globals__.os.system('touch CANARY') }}",
    "{{ joiner.__init__.__globals__.os.system('touch CANARY') }}",
    "{{ namespace.__init__.__globals__.os.system('touch CANARY') }}",
    "{{ lipsum.__globals__.os.system('touch CANARY') }}",
    "{{ lipsum.__globals__['os'].popen('touch CANARY').read() }}",
    "{{ lipsum['__globals__']['os']['system']('touch CANARY') }}",
    "{{ cycler('a')['__init__']['__globals__']['os']['system']('touch CANARY') }}",
    "{{ self.__init__.__globals__.__builtins__.open('CANARY', 'w') }}",
    "{{ self._TemplateReference__context.environment.from_string('x') }}",
    "{{ self._TemplateReference__context.namespace.__init__.__globals__.os.mkdir('CANARY') }}",
    "{{ raise_exception.__globals__['__builtins__']['open']('CANARY', 'w') }}",
    "{{ strftime_now.__globals__.__builtins__.open('CANARY', 'w') }}",
    "{{ strftime_now.__closure__[0].cell_contents }}",
    "{{ strftime_now.__code__.co_consts }}",
    "{{ range.__self__.open('CANARY', 'w') }}",
    "{{ range.__globals__.operator.methodcaller }}",
    "{{ dict.mro()[1].__subclasses__() }}",
    "{{ dict.__base__.__subclasses__() }}",
    "{{ dict(__class__=1).__class__ }}",
    "{{ ''|attr('__class__') }}",
    "{{ lipsum|attr('__globals__') }}",
    "{{ cycler|attr('__init__')|attr('__globals__')|attr('get')('os') }}",
    "{{ ''|attr('form' ~ 'at')('{0.__class__}') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(messages) }}",
    "{{ '{0.__class__}'.format_map({'0': messages}) }}",
    "{{ '{x.__globals__}'.format(x=raise_exception) }}",
    "{{ '{x.__globals__}'|format(x=raise_exception) }}",
    "{{ ['{0.__class__}']|map('format', messages)|list }}",
    "{{ [messages]|map(attribute='__class__')|list }}",
    "{{ [messages]|map('attr', '__class__')|list }}",
    "{{ [raise_exception]|map(attribute='__globals__.os')|list }}",
    "{{ messages|groupby('__class__')|list }}",
    "{{ messages|sort(attribute='__class__.__mro__') }}",
    "{{ messages|selectattr('__class__')|list }}",
    "{{ messages|sum(attribute='__class__') }}",
    "{{ messages|join('', attribute='__class__') }}",
    "{{ messages|unique(attribute='__init__.__globals__')|list }}",
    "{% set ns = namespace(f=cycler) %}{{ ns.f.__init__.__globals__.os.system('touch CANARY') }}",
    "{% set ns = namespace() %}{{ ns.__init__.__globals__ }}",
    "{% set ns = namespace() %}{% set ns.__class__ = cycler %}{{ ns.__class__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m.__call__.__globals__.os.system('touch CANARY') }}",
    "{% macro m() %}{{ caller._func.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% for x in [1] %}{{ loop.__init__.__globals__.os.system('touch CANARY') }}{% endfor %}",
    "{% for x in [1] %}{{ loop._iterator.gi_frame.f_globals }}{% endfor %}",
    "{% for x in (i for i in [1]) %}{% endfor %}",
    "{{ (messages|map('upper')).gi_frame.f_back.f_globals }}",
    "{{ (messages|map('upper')).gi_code.co_consts }}",
    "{{ undefined_name.__init__.__globals__ }}",
    "{{ undefined_name._undefined_exception.mro() }}",
    "{% include 'CANARY' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.system('touch CANARY') }}",
    "{% from 'os' import system %}{{ system('touch CANARY') }}",
    "{% extends 'CANARY' %}",
    "{% extends self %}",
    "{{ __import__('os').system('touch CANARY') }}",
    "{{ open('CANARY', 'w') }}",
    "{{ eval('1') }}{{ exec('1') }}",
    "{{ messages.append('x') }}",
    "{{ messages.clear() }}",
    "{{ messages[0].update(role='system') }}",
    "{{ messages[0].pop('role') }}",
    "{{ messages.sort() }}",
    "{{ 'x'.encode().hex() }}",
    "{{ (1).to_bytes(4, 'big') }}",
    "{{ 'x'.translate({120: 'CANARY'}) }}",
    "{{ messages|pprint }}",
    "{{ [1]|random }}",
    "{{ 'x'.join.__self__ }}",
    "{{ [].copy.__reduce__() }}",
    "{{ namespace.__subclasses__() }}",
    "{{ 'new value'|map('turns of a loop')|list }}",
]

# Each makes a computer work or fill its memory without end, in an unprotected Jinja.
BOMBS = {
    "nested loops": "{% for a in range(99999) %}{% for b in range(99999) %}"
    "{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
    "loops that skip": "{% for a in range(99999) %}{% for b in range(99999) if false %}"
    "{% endfor %}{% endfor %}",
    "loops over filters": "{% for a in range(99999) %}{{ range(99999)|map('upper')|list|length }}"
    "{% endfor %}",
    "macros that double": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
    "{% endmacro %}{{ m(99) }}",
    "endless block": "{% block b %}{{ self.b() }}{% endblock %}",
    "blocks that double": "{% for i in range(99999) %}{% if i == 0 %}{% block a %}{% endblock %}"
    "{% endif %}{% for j in range(9) %}{{ self.a() }}{% endfor %}{% endfor %}",
    "macros that double in silence": "{% macro m(n) %}{% if n %}{% set a = m(n - 1) %}"
    "{% set b = m(n - 1) %}{% endif %}{% endmacro %}{% set c = m(99) %}",
    "filters in filters": "{% for a in range(99) %}{{ range(9999)|map('abs')|sum }}{% endfor %}",
    "endless macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "recursive loop": "{% for x in [range(999)]*3 recursive %}{{ loop([x, x, x]) }}{% endfor %}",
    "recursive loops that double": "{% for x in range(999) recursive %}{% if loop.depth < 9 %}"
    "{{ loop(range(999)) }}{% endif %}{% endfor %}",
    "long text times": "{{ 'x' * 10**12 }}",
    "times long text": "{{ 10**9 * 'xxxx' }}",
    "joined by a filter": "{{ ('x' * 90000)|join('x' * 3000000)|length }}",
    "giant list": "{{ ([1] * 10**9)|length }}",
    "huge power": "{{ 9**99999999 }}",
    "huge product": "{% set ns = namespace(n=9**99) %}{% for i in range(99999) %}"
    "{% set ns.n = ns.n * ns.n %}{% endfor %}{{ ns.n }}",
    "doubling by +": "{% set ns = namespace(x='x') %}{% for i in range(99) %}"
    "{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
    "doubling by ~": "{% set ns = namespace(x='x') %}{% for i in range(99) %}"
    "{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
    "doubling by set": "{% set ns = namespace(x='x') %}{% for i in range(99) %}"
    "{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}{% endfor %}{{ ns.x }}",
    "doubling a list": "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}"
    "{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
    "doubling by nesting": "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}"
    "{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    "doubling in a dict": "{% set ns = namespace(x=1) %}{% for i in range(99) %}"
    "{% set ns.x = dict(a=ns.x, b=ns.x) %}{% endfor %}{{ ns.x|tojson }}",
    "deep nesting": "{% set ns = namespace(x=[]) %}{% for i in range(9999) %}"
    "{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
    "doubling in a literal dict": "{% set ns = namespace(x=1) %}{% for i in range(99) %}"
    "{% set ns.x = {'a': ns.x, 'b': ns.x} %}{% endfor %}{{ ns.x|tojson }}",
    "doubling in a tuple": "{% set ns = namespace(x=1) %}{% for i in range(99) %}"
    "{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ ns.x == ns.x }}{{ ns.x }}",
    "doubling by batch": "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}"
    "{% set ns.x = [1]|batch(9, ns.x)|list %}{% endfor %}{{ ns.x }}",
    "doubling by replace": "{% set ns = namespace(x='x') %}{% for i in range(99) %}"
    "{% set ns.x = ns.x.replace('x', 'xx') %}{% endfor %}",
    "doubling by a filter": "{% set ns = namespace(x='x') %}{% for i in range(99) %}"
    "{% set ns.x = ns.x|replace('x', 'xx') %}{% endfor %}",
    "doubling by format": "{% set ns = namespace(x='x') %}{% for i in range(99) %}"
    "{% set ns.x = '{0}{0}'.format(ns.x) %}{% endfor %}",
    "doubling by percent": "{% set ns = namespace(x='x') %}{% for i in range(99) %}"
    "{% set ns.x = '%s%s' % (ns.x, ns.x) %}{% endfor %}",
    "copying lists": "{% set x = range(40000)|list %}{% for i in range(900) %}"
    "{% set y = x + x %}{% endfor %}",
    "keeping slices": "{% set t = 'x' * 4000000 %}{% for i in range(200) %}"
    "{% set x = t[i:] %}{% endfor %}",
    "keeping upper case": "{% set t = 'x' * 4000000 %}{% for i in range(200) %}"
    "{% set x = t.upper() %}{% endfor %}",
    "keeping trimmed texts": "{% set t = 'x' * 4000000 %}{% for i in range(200) %}"
    "{% set x = t|trim('y') %}{% endfor %}",
    "a list of long texts": "{% set t = 'x' * 4000 %}{{ ([t] * 90000)|length }}",
    "wide percent": "{{ '%1000000000d' % 1 }}",
    "wide percent from outside": "{{ '%*d' % (1000000000, 1) }}",
    "wide format": "{{ '{:>1000000000}'.format(1) }}",
    "wide format from outside": "{{ '{:>{}}'.format(1, 1000000000) }}",
    "wide format filter": "{{ '%1000000000s'|format('x') }}",
    "many fields": "{{ ('{0}' * 100000).format('x' * 3000000)|length }}",
    "many percent fields": "{{ (('%(a)s' * 100000) % {'a': 'x' * 3000000})|length }}",
    "padding": "{{ 'x'.ljust(10**9) }}",
    "zeros": "{{ 'x'.zfill(10**9) }}",
    "centred": "{{ 'x'.center(10**9) }}",
    "centred by a filter": "{{ 'x'|center(10**9) }}",
    "wide tabs": "{{ ('\\t' * 4000000).expandtabs(10000)|length }}",
    "deep indentation": "{{ 'x\\nx'|indent(10**9) }}",
    "indentation of many lines": "{{ ('x\\n' * 1900000)|indent(9999)|length }}",
    "indented JSON": "{{ [[1]]|tojson(indent=10**9) }}",
    "replaced by much": "{{ ('x' * 3000000).replace('x', 'x' * 3000000)|length }}",
    "replaced by a filter": "{{ ('x' * 3000000)|replace('x', 'x' * 3000000)|length }}",
    "replaced in a list": "{{ ([1] * 90000)|replace('1', 'x' * 3000000)|length }}",
    "joined by much": "{{ ('x' * 3000000).join(['x'] * 90000)|length }}",
    "batches": "{{ [1]|batch(10**9, 'x')|list }}",
    "slices": "{{ [1]|slice(10**9)|list }}",
    "rounded": "{{ 2.5|round(10**9, 'ceil') }}",
    "sum of lists": "{{ ([[1] * 9] * 900)|sum(start=[]) }}",
    "long range": "{{ range(10**9)|list }}",
    "endless output": "{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}",
    "endless macro output": "{% macro m() %}{% for i in range(99999) %}{{ 'x' * 9999 }}"
    "{% endfor %}{% endmacro %}{{ m()|length }}",
}
