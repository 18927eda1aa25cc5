<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>PastedText</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The conversation no longer fits the context: the oldest %n message(s) were left out. The system prompt stays.</source>
        <translation>
            <numerusform>The conversation no longer fits the context: the oldest message was left out. The system prompt stays.</numerusform>
            <numerusform>The conversation no longer fits the context: the oldest %n messages were left out. The system prompt stays.</numerusform>
        </translation>
    </message>
</context>
</TS>
