<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Amounts</name>
    <message>
        <source>{number} %</source>
        <translation>{number}%</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Conversation</source>
        <translation>对话内容</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Code, {0}</source>
        <translation>代码，{0}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>长行自动换行</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Write a message…</source>
        <translation>输入消息…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line</source>
        <translation>按 Enter 发送，Shift+Enter 换行</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends, Enter starts a new line</source>
        <translation>按 Ctrl+Enter 发送，Enter 换行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>You can send this when the answer is complete. Esc stops the answer.</source>
        <translation>回答完成后即可发送。按 Esc 可停止回答。</translation>
    </message>
    <message>
        <source>Everything stays on this computer. Answers can be wrong.</source>
        <translation>一切都留在这台电脑上。回答可能有误。</translation>
    </message>
</context>
<context>
    <name>Confirm</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ContextGauge</name>
    <message>
        <source>Context: {used} of {limit} tokens used by this chat</source>
        <translation>上下文：本对话已用 {used} / {limit} 个词元</translation>
    </message>
    <message>
        <source>Nearly full: soon the oldest messages are no longer read. The system prompt stays.</source>
        <translation>快满了：模型很快将不再读取最早的消息，系统提示词会一直保留。</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>想了解些什么？</translation>
    </message>
    <message>
        <source>The built-in guide knows Fireside and helps you to choose a model.</source>
        <translation>内置向导熟悉炉边（Fireside），也能帮您挑选模型。</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>一切都留在这台电脑上。</translation>
    </message>
    <message>
        <source>Only the small built-in guide is here so far. For everything else add a larger model: a file whose name ends in .gguf. Drop it on this window, or press the button.</source>
        <translation>目前只有小巧的内置向导。想聊其他内容，请添加更大的模型：文件名以 .gguf 结尾的文件。把它拖到本窗口，或点击按钮添加。</translation>
    </message>
    <message>
        <source>Add model…</source>
        <translation>添加模型…</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>Which model fits a computer with 8 GB of memory?</source>
        <translation>8 GB 内存的电脑适合用哪个模型？</translation>
    </message>
    <message>
        <source>How do I add a model?</source>
        <translation>怎样添加模型？</translation>
    </message>
    <message>
        <source>Where are my chats stored?</source>
        <translation>我的对话保存在哪里？</translation>
    </message>
    <message>
        <source>Is anything sent over the internet?</source>
        <translation>会有内容发送到网上吗？</translation>
    </message>
    <message>
        <source>Explain photosynthesis to a ten-year-old.</source>
        <translation>给十岁的孩子讲讲光合作用。</translation>
    </message>
    <message>
        <source>Write a friendly e-mail that moves a meeting to Friday.</source>
        <translation>写一封语气友好的邮件，把会议改到星期五。</translation>
    </message>
    <message>
        <source>Give me three ideas for a quick dinner with potatoes.</source>
        <translation>用土豆做快手晚餐，给我三个主意。</translation>
    </message>
    <message>
        <source>Write a Python function that finds duplicate files.</source>
        <translation>写一个查找重复文件的 Python 函数。</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in chat</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭查找</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>{current} of {total}</source>
        <translation>{current} / {total}</translation>
    </message>
    <message>
        <source>No hits</source>
        <translation>没有找到</translation>
    </message>
</context>
<context>
    <name>FolderControl</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Chats that you deleted</source>
        <translation>您删除的对话</translation>
    </message>
    <message>
        <source>Offline by design: Fireside opens no network connection. The model runs on this computer, and your chats stay here.</source>
        <translation>天生离线：Fireside 不建立任何网络连接。模型在这台电脑上运行，您的对话也只留在这里。</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Show the chats</source>
        <translation>显示对话列表</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Find in chat</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
</context>
<context>
    <name>InplaceTitle</name>
    <message>
        <source>New title of the chat</source>
        <translation>对话的新标题</translation>
    </message>
    <message>
        <source>Rename this chat</source>
        <translation>重命名此对话</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>Jump to the latest message</source>
        <translation>跳到最新消息</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Open this address?</source>
        <translation>打开这个网址？</translation>
    </message>
    <message>
        <source>A model wrote this link. It would be opened outside Fireside:</source>
        <translation>这个链接是模型写的，将在 Fireside 之外打开：</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制网址</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>LiveTurn</name>
    <message>
        <source>Waiting until another chat is answered</source>
        <translation>正在等待另一个对话回答完毕</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Fireside</source>
        <translation>炉边 Fireside</translation>
    </message>
</context>
<context>
    <name>MessageActions</name>
    <message>
        <source>Answer copied</source>
        <translation>已复制回答</translation>
    </message>
    <message>
        <source>Wait for the answer, or stop it with Esc</source>
        <translation>请等待回答完成，或按 Esc 停止</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Edit the message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>Save &amp;&amp; send</source>
        <translation>保存并发送</translation>
    </message>
    <message>
        <source>Save only</source>
        <translation>仅保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep this as a new version and answer it (Ctrl+Enter)</source>
        <translation>另存为新版本并重新回答（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Change the text and answer nothing</source>
        <translation>只修改文字，不重新回答</translation>
    </message>
</context>
<context>
    <name>MessageFooter</name>
    <message>
        <source>Version {0} of {1}</source>
        <translation>第 {0} 个版本，共 {1} 个</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>Edit answer</source>
        <translation>编辑回答</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>MessageItem</name>
    <message>
        <source>Show all {0}</source>
        <translation>显示全部 {0}</translation>
    </message>
    <message>
        <source>You said</source>
        <translation>您说</translation>
    </message>
    <message>
        <source>{0} answered</source>
        <translation>{0} 的回答</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>No model has this name.</source>
        <translation>没有这个名称的模型。</translation>
    </message>
    <message>
        <source>Add model…</source>
        <translation>添加模型…</translation>
    </message>
    <message>
        <source>Choose a GGUF file; it stays where it is</source>
        <translation>选择 GGUF 文件；文件留在原处</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 参数</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>file is missing</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>chosen for this chat</source>
        <translation>本对话正在使用</translation>
    </message>
</context>
<context>
    <name>ModelsMenu</name>
    <message>
        <source>Add model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>“{name}” was added</source>
        <translation>已添加“{name}”</translation>
    </message>
    <message>
        <source>Use it in this chat</source>
        <translation>在本对话中使用</translation>
    </message>
    <message>
        <source>“{name}” was removed from the list; its file stays</source>
        <translation>已从列表中移除“{name}”，文件仍保留在原处</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>OptionRow</name>
    <message>
        <source>Reset</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Reset: {name}</source>
        <translation>还原：{name}</translation>
    </message>
</context>
<context>
    <name>PastedText</name>
    <message>
        <source>Pasted text, {size}</source>
        <translation>粘贴的文本，{size}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove the pasted text</source>
        <translation>移除粘贴的文本</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>List of models</source>
        <translation>模型列表</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Show folder: {name}</source>
        <translation>打开文件夹：{name}</translation>
    </message>
</context>
<context>
    <name>ReasoningHeader</name>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考过程</translation>
    </message>
    <message>
        <source>Thought for {0} s</source>
        <translation>思考了 {0} 秒</translation>
    </message>
    <message>
        <source>Hide the thoughts</source>
        <translation>隐藏思考过程</translation>
    </message>
    <message>
        <source>Show the thoughts</source>
        <translation>显示思考过程</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>New title of the chat</source>
        <translation>对话的新标题</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Move to the Trash</source>
        <translation>移到回收站</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Search titles and messages of all chats</source>
        <translation>搜索所有对话的标题和消息</translation>
    </message>
</context>
<context>
    <name>SearchResults</name>
    <message>
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Your chats stay on this computer. Fireside has no account and no telemetry, and it does not look for updates.</source>
        <translation>您的对话只留在这台电脑上。Fireside 没有账号，不收集任何数据，也不检查更新。</translation>
    </message>
    <message>
        <source>Where Fireside keeps its files.</source>
        <translation>Fireside 存放文件的位置。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of the window. Models answer in the language in which you write to them.</source>
        <translation>窗口的语言。您用什么语言写，模型就用什么语言回答。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light or dark colours, or whatever the system uses.</source>
        <translation>浅色或深色，或者跟随系统。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Makes all text larger or smaller, and everything around it too.</source>
        <translation>放大或缩小所有文字，以及周围的一切。</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>发送键</translation>
    </message>
    <message>
        <source>The key that sends a message. The other one, or Shift+Enter, starts a new line.</source>
        <translation>用来发送消息的按键。另一个按键或 Shift+Enter 用来换行。</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Instructions that the model reads before every chat, such as “Answer briefly”. They are never left out when the context is full.</source>
        <translation>模型在每次对话之前读到的要求，例如“回答要简短”。即使上下文已满也不会被省略。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>How freely words are chosen. Low values give predictable answers, high values more surprising ones; 0 always takes the likeliest word.</source>
        <translation>选词的自由程度。数值低，回答更稳定；数值高，回答更出人意料；0 表示总是选最可能的词。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the likeliest words that together reach this probability are considered; 1 considers all of them.</source>
        <translation>只考虑累计概率达到此值的最可能的词；1 表示全部考虑。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only so many of the likeliest words are considered; 0 sets no limit.</source>
        <translation>只考虑这么多个最可能的词；0 表示不限。</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Leaves out words that are less likely than this share of the likeliest one; 0 leaves out none.</source>
        <translation>排除可能性低于最可能词这一比例的词；0 表示不排除。</translation>
    </message>
    <message>
        <source>Repeat penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Makes words that were just used less likely. 1 changes nothing; above 1.2 answers get odd.</source>
        <translation>降低刚刚用过的词再次出现的可能。1 表示不改变；超过 1.2 时回答会变得古怪。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The start of the random numbers. With a fixed seed the same question gets the same answer.</source>
        <translation>随机数的起点。种子固定时，相同的问题会得到相同的回答。</translation>
    </message>
    <message>
        <source>Response limit</source>
        <translation>回答长度上限</translation>
    </message>
    <message>
        <source>The longest answer in tokens (about three quarters of a word each). Answers that reach it can be continued.</source>
        <translation>一次回答最多多少个词元（一个汉字大约是半个到一个词元）。达到上限的回答可以继续。</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>默认模型</translation>
    </message>
    <message>
        <source>The model that answers in new chats.</source>
        <translation>在新对话中回答的模型。</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>How many tokens of a chat the model can keep in view. More needs more memory and takes longer to read.</source>
        <translation>模型在一个对话中能同时看到多少个词元。越长越占内存，读起来也越久。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>How many processor cores compute an answer. More than the computer has makes it slower.</source>
        <translation>用多少个处理器核心来计算回答。超过电脑实际的核心数反而更慢。</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Where your chats and the list of models are kept. A new folder is used from the next start on; what is in the old one stays there and is not copied.</source>
        <translation>存放对话和模型列表的位置。新文件夹从下次启动起使用；旧文件夹里的内容留在原处，不会被复制。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>New each time</source>
        <translation>每次不同</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>The usual folder</source>
        <translation>默认文件夹</translation>
    </message>
    <message>
        <source>The built-in guide</source>
        <translation>内置向导</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>From the model</source>
        <translation>由模型决定</translation>
    </message>
    <message>
        <source>Default: from the model, else {value}</source>
        <translation>默认：由模型决定，否则为 {value}</translation>
    </message>
    <message>
        <source>Default: {value}</source>
        <translation>默认：{value}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>No setting matches.</source>
        <translation>没有匹配的设置。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation>下一个对话</translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation>上一个对话</translation>
    </message>
    <message>
        <source>Rename chat</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Move chat to the Trash</source>
        <translation>把对话移到回收站</translation>
    </message>
    <message>
        <source>Find in chat</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>查找下一处</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>查找上一处</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Regenerate the answer</source>
        <translation>重新生成回答</translation>
    </message>
    <message>
        <source>Continue the answer</source>
        <translation>继续回答</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Edit the last message (in the empty message field)</source>
        <translation>编辑上一条消息（消息框为空时）</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>复制最后一个回答</translation>
    </message>
    <message>
        <source>Go to the message field</source>
        <translation>回到消息框</translation>
    </message>
    <message>
        <source>Show or hide chats</source>
        <translation>显示或隐藏对话列表</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>恢复文字大小</translation>
    </message>
    <message>
        <source>All keyboard shortcuts</source>
        <translation>全部快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>过去 7 天</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>{title}, answer being written</source>
        <translation>{title}，正在回答</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>侧边栏</translation>
    </message>
    <message>
        <source>Hide the chats</source>
        <translation>隐藏对话列表</translation>
    </message>
    <message>
        <source>No chat contains these words.</source>
        <translation>没有对话包含这些词。</translation>
    </message>
    <message>
        <source>“{title}” is in the Trash.</source>
        <translation>“{title}”已移到回收站。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Delete this chat for good?</source>
        <translation>永久删除这个对话？</translation>
    </message>
    <message>
        <source>“{title}” and all its messages will be erased. This cannot be undone.</source>
        <translation>“{title}”及其全部消息将被清除，无法恢复。</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>您的对话会列在这里。</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Loading model {percent}</source>
        <translation>正在加载模型 {percent}</translation>
    </message>
    <message>
        <source>Reading your message {done}/{total} tokens</source>
        <translation>正在阅读您的消息 {done}/{total} 个词元</translation>
    </message>
    <message>
        <source>Reading your message {done}/{total} tokens, about {time}</source>
        <translation>正在阅读您的消息 {done}/{total} 个词元，约需 {time}</translation>
    </message>
    <message>
        <source>The chat template of this model has an error; the format “{format}” is used instead.</source>
        <translation>此模型的对话模板有错误，已改用“{format}”格式。</translation>
    </message>
    <message>
        <source>The context was reduced to {tokens} tokens, so that it fits into the memory of this computer.</source>
        <translation>上下文已缩短到 {tokens} 个词元，以适应这台电脑的内存。</translation>
    </message>
    <message>
        <source>stopped by you</source>
        <translation>已被您停止</translation>
    </message>
    <message>
        <source>response limit reached</source>
        <translation>达到回答长度上限</translation>
    </message>
    <message>
        <source>ended by an error</source>
        <translation>因出错而结束</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>{speed} tok/s</source>
        <translation>{speed} 词元/秒</translation>
    </message>
    <message>
        <source>first token {time}</source>
        <translation>首个词元 {time}</translation>
    </message>
</context>
<context>
    <name>ToastLine</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>The model was changed: {old} → {new}</source>
        <translation>模型已更换：{old} → {new}</translation>
    </message>
</context>
<context>
    <name>TrashPage</name>
    <message>
        <source>Back to the chats</source>
        <translation>返回对话列表</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>The Trash is empty.</source>
        <translation>回收站是空的。</translation>
    </message>
    <message>
        <source>Chats in the Trash</source>
        <translation>回收站里的对话</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>永久删除…</translation>
    </message>
    <message>
        <source>Thrown away: {date}</source>
        <translation>删除时间：{date}</translation>
    </message>
</context>
<context>
    <name>TroubleCard</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>The model file is gone</source>
        <translation>模型文件不见了</translation>
    </message>
    <message>
        <source>There is no file at {path}.</source>
        <translation>{path} 处没有文件。</translation>
    </message>
    <message>
        <source>It was moved, renamed or deleted, or its drive is not connected. Put it back, or choose another model; this chat stays as it is.</source>
        <translation>它被移动、改名或删除了，或者所在的磁盘没有连接。请把它放回原处，或选择其他模型；这个对话不受影响。</translation>
    </message>
    <message>
        <source>The model file cannot be read</source>
        <translation>无法读取模型文件</translation>
    </message>
    <message>
        <source>The system refused to read {path}.</source>
        <translation>系统拒绝读取 {path}。</translation>
    </message>
    <message>
        <source>Check that you may read the file and that its drive is connected, then try again.</source>
        <translation>请确认您有权读取该文件，并且所在磁盘已连接，然后重试。</translation>
    </message>
    <message>
        <source>This is not a GGUF model</source>
        <translation>这不是 GGUF 模型</translation>
    </message>
    <message>
        <source>“{file}” is {kind}.</source>
        <translation>“{file}”是{kind}。</translation>
    </message>
    <message>
        <source>Fireside reads models in the GGUF format only. Look for a GGUF version of the model; the name of such a file ends in .gguf.</source>
        <translation>Fireside 只能读取 GGUF 格式的模型。请寻找该模型的 GGUF 版本，这种文件的名称以 .gguf 结尾。</translation>
    </message>
    <message>
        <source>The model file is incomplete</source>
        <translation>模型文件不完整</translation>
    </message>
    <message>
        <source>“{file}” ends before all of its contents.</source>
        <translation>“{file}”的内容没有到结尾就中断了。</translation>
    </message>
    <message>
        <source>The download or the copy probably broke off. Please get the file once more.</source>
        <translation>可能是下载或复制中途断开了，请重新获取这个文件。</translation>
    </message>
    <message>
        <source>The model file is damaged</source>
        <translation>模型文件已损坏</translation>
    </message>
    <message>
        <source>The contents of “{file}” make no sense.</source>
        <translation>“{file}”的内容无法理解。</translation>
    </message>
    <message>
        <source>Please get the file once more, from a source that you trust.</source>
        <translation>请从可信的来源重新获取这个文件。</translation>
    </message>
    <message>
        <source>This kind of model is not supported</source>
        <translation>不支持这种模型</translation>
    </message>
    <message>
        <source>“{file}” has the architecture “{architecture}”, which this version of Fireside cannot run.</source>
        <translation>“{file}”的架构是“{architecture}”，这个版本的 Fireside 无法运行。</translation>
    </message>
    <message>
        <source>Choose another model, or look for a newer Fireside.</source>
        <translation>请选择其他模型，或查看 Fireside 是否有新版本。</translation>
    </message>
    <message>
        <source>A part of the model is missing</source>
        <translation>模型缺少一部分</translation>
    </message>
    <message>
        <source>“{file}” comes in several files, and “{part}” is not there.</source>
        <translation>“{file}”由多个文件组成，但找不到“{part}”。</translation>
    </message>
    <message>
        <source>Put all parts into one folder and add the first one (…-00001-of-…).</source>
        <translation>请把所有部分放在同一个文件夹，再添加第一个文件（…-00001-of-…）。</translation>
    </message>
    <message>
        <source>The model does not fit into the free memory</source>
        <translation>可用内存放不下这个模型</translation>
    </message>
    <message>
        <source>“{file}” needs about {needed}; {available} of memory is free now.</source>
        <translation>“{file}”约需 {needed}，而现在可用内存为 {available}。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model or a smaller quantization of it.</source>
        <translation>请关闭其他程序，或者选择更小的模型，或这个模型的更小量化版本。</translation>
    </message>
    <message>
        <source>The model could not be loaded</source>
        <translation>无法加载模型</translation>
    </message>
    <message>
        <source>The engine refused “{file}”.</source>
        <translation>引擎拒绝了“{file}”。</translation>
    </message>
    <message>
        <source>The file may be damaged, or made for another program. Try again, get the file once more, or choose another model.</source>
        <translation>文件可能已损坏，或是为其他程序制作的。请重试、重新获取文件，或选择其他模型。</translation>
    </message>
    <message>
        <source>The engine did not start</source>
        <translation>引擎没有启动</translation>
    </message>
    <message>
        <source>The part of Fireside that runs models could not be started.</source>
        <translation>Fireside 中负责运行模型的部分无法启动。</translation>
    </message>
    <message>
        <source>Try again. If that does not help, restart Fireside, or install it once more; a virus scanner may have blocked it.</source>
        <translation>请重试。如果仍然不行，请重启或重新安装 Fireside；也可能是被杀毒软件拦截了。</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly</source>
        <translation>引擎意外停止</translation>
    </message>
    <message>
        <source>The process that runs the model ended by itself ({cause}).</source>
        <translation>运行模型的进程自行结束了（{cause}）。</translation>
    </message>
    <message>
        <source>Your chats are safe and the text so far is kept. Retry starts a new engine; if it happens again, choose another model.</source>
        <translation>您的对话安然无恙，已有的文字都已保留。“重试”会启动新的引擎；如果再次发生，请选择其他模型。</translation>
    </message>
    <message>
        <source>There was not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>The system ended the engine because the memory ran out.</source>
        <translation>内存用完了，系统结束了引擎。</translation>
    </message>
    <message>
        <source>The text so far is kept. Close other programs, choose a smaller model, or set a shorter context in the settings.</source>
        <translation>已有的文字都已保留。请关闭其他程序，选择更小的模型，或在设置中缩短上下文。</translation>
    </message>
    <message>
        <source>The engine does not answer</source>
        <translation>引擎没有响应</translation>
    </message>
    <message>
        <source>There was no sign of life for {seconds}.</source>
        <translation>引擎已有 {seconds} 没有任何动静。</translation>
    </message>
    <message>
        <source>The text so far is kept. The computer may be very busy: close other programs and try again, or choose a smaller model.</source>
        <translation>已有的文字都已保留。电脑可能太忙了：请关闭其他程序后重试，或选择更小的模型。</translation>
    </message>
    <message>
        <source>The engine keeps stopping</source>
        <translation>引擎反复停止</translation>
    </message>
    <message>
        <source>It ended {count} times in a short while.</source>
        <translation>它在短时间内结束了 {count} 次。</translation>
    </message>
    <message>
        <source>This model does not seem to work on this computer. Choose another one; your chats are safe.</source>
        <translation>这个模型似乎无法在这台电脑上运行。请选择其他模型；您的对话安然无恙。</translation>
    </message>
    <message>
        <source>The engine sent something that makes no sense</source>
        <translation>引擎发来了无法理解的数据</translation>
    </message>
    <message>
        <source>To be safe, Fireside has closed the engine.</source>
        <translation>为安全起见，Fireside 已关闭引擎。</translation>
    </message>
    <message>
        <source>The text so far is kept. Retry; if it happens again, choose another model.</source>
        <translation>已有的文字都已保留。请重试；如果再次发生，请选择其他模型。</translation>
    </message>
    <message>
        <source>There is nothing to send</source>
        <translation>没有可发送的内容</translation>
    </message>
    <message>
        <source>The message is empty.</source>
        <translation>消息是空的。</translation>
    </message>
    <message>
        <source>Type something first.</source>
        <translation>请先输入内容。</translation>
    </message>
    <message>
        <source>The message is too long for this model</source>
        <translation>消息太长，模型读不下</translation>
    </message>
    <message>
        <source>It has {tokens} tokens; the model can read {limit} at a time.</source>
        <translation>消息有 {tokens} 个词元，而模型一次只能读 {limit} 个。</translation>
    </message>
    <message>
        <source>Shorten the message, set a longer context in the settings, or choose a model with a longer context.</source>
        <translation>请缩短消息，在设置中加大上下文长度，或选择上下文更长的模型。</translation>
    </message>
    <message>
        <source>The chat template of this model has an error</source>
        <translation>此模型的对话模板有错误</translation>
    </message>
    <message>
        <source>The conversation could not be put into the form that the model expects.</source>
        <translation>无法把对话整理成模型要求的格式。</translation>
    </message>
    <message>
        <source>Choose another model, or get a newer file of this one.</source>
        <translation>请选择其他模型，或获取这个模型的较新文件。</translation>
    </message>
    <message>
        <source>The chat template of this model never ends</source>
        <translation>此模型的对话模板运行不完</translation>
    </message>
    <message>
        <source>It was stopped after {seconds}.</source>
        <translation>运行 {seconds} 后已将其停止。</translation>
    </message>
    <message>
        <source>The file may be faulty or malicious. Choose another model, from a source that you trust.</source>
        <translation>文件可能有缺陷，也可能是恶意的。请从可信的来源选择其他模型。</translation>
    </message>
    <message>
        <source>Unknown chat format</source>
        <translation>未知的对话格式</translation>
    </message>
    <message>
        <source>There is no chat format called “{name}”.</source>
        <translation>没有名为“{name}”的对话格式。</translation>
    </message>
    <message>
        <source>Choose one of the formats in the list.</source>
        <translation>请从列表中选择一种格式。</translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>Fireside cannot use what was entered.</source>
        <translation>Fireside 无法使用所输入的内容。</translation>
    </message>
    <message>
        <source>Please correct it and try again.</source>
        <translation>请更正后重试。</translation>
    </message>
    <message>
        <source>Your chats belong to a newer Fireside</source>
        <translation>您的对话来自更新版本的 Fireside</translation>
    </message>
    <message>
        <source>{path} was written by a newer version (format {found}; this program knows {known}).</source>
        <translation>{path} 由更新的版本写入（格式 {found}，本程序只认识到 {known}）。</translation>
    </message>
    <message>
        <source>Nothing was changed. Start the newer Fireside, or choose another data folder.</source>
        <translation>没有做任何改动。请启动较新的 Fireside，或选择其他数据文件夹。</translation>
    </message>
    <message>
        <source>The file with your chats is damaged</source>
        <translation>保存对话的文件已损坏</translation>
    </message>
    <message>
        <source>{path} could not be read completely. The damaged file is kept as {kept}.</source>
        <translation>{path} 无法完整读取。损坏的文件已保留为 {kept}。</translation>
    </message>
    <message>
        <source>Older copies are in the folder “backups” beside it. Check the drive before you go on.</source>
        <translation>旁边的“backups”文件夹里有较早的副本。继续之前请检查磁盘。</translation>
    </message>
    <message>
        <source>Your chats cannot be saved</source>
        <translation>无法保存您的对话</translation>
    </message>
    <message>
        <source>{path} is write-protected.</source>
        <translation>{path} 被写保护。</translation>
    </message>
    <message>
        <source>Allow writing to this file and its folder, or choose another data folder in the settings.</source>
        <translation>请允许写入这个文件及其文件夹，或在设置中选择其他数据文件夹。</translation>
    </message>
    <message>
        <source>The drive is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>There is no room to write {path}.</source>
        <translation>没有空间写入 {path}。</translation>
    </message>
    <message>
        <source>Nothing that was saved is lost. Free some space, then try again.</source>
        <translation>已保存的内容没有丢失。请腾出一些空间，然后重试。</translation>
    </message>
    <message>
        <source>Your chats cannot be reached</source>
        <translation>无法访问您的对话</translation>
    </message>
    <message>
        <source>Reading or writing {path} failed.</source>
        <translation>读取或写入 {path} 失败。</translation>
    </message>
    <message>
        <source>Check that the drive is connected and not faulty, then try again.</source>
        <translation>请检查磁盘是否已连接、有无故障，然后重试。</translation>
    </message>
    <message>
        <source>The folder cannot be written to</source>
        <translation>无法写入文件夹</translation>
    </message>
    <message>
        <source>Fireside may not save anything in {path}.</source>
        <translation>Fireside 无权在 {path} 中保存内容。</translation>
    </message>
    <message>
        <source>Allow writing there, or choose another folder.</source>
        <translation>请允许写入该文件夹，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Fireside is already running</source>
        <translation>Fireside 已在运行</translation>
    </message>
    <message>
        <source>Another Fireside uses the same data folder.</source>
        <translation>另一个 Fireside 正在使用同一个数据文件夹。</translation>
    </message>
    <message>
        <source>Use the window that is already open, or close it first.</source>
        <translation>请使用已经打开的窗口，或先将其关闭。</translation>
    </message>
    <message>
        <source>It is no longer there</source>
        <translation>它已经不在了</translation>
    </message>
    <message>
        <source>“{what}” was not found.</source>
        <translation>找不到“{what}”。</translation>
    </message>
    <message>
        <source>It may have been deleted in the meantime.</source>
        <translation>它可能在此期间被删除了。</translation>
    </message>
    <message>
        <source>Something went wrong inside Fireside</source>
        <translation>Fireside 内部出错了</translation>
    </message>
    <message>
        <source>This is a bug of ours, not a mistake of yours.</source>
        <translation>这是我们的程序错误，不是您的失误。</translation>
    </message>
    <message>
        <source>Your chats are safe. Try again; if it stays, please report it together with the details.</source>
        <translation>您的对话安然无恙。请重试；如果仍然出错，请连同详细信息一起报告给我们。</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>一个文件夹</translation>
    </message>
    <message>
        <source>a pipe, not a file</source>
        <translation>一个管道，不是文件</translation>
    </message>
    <message>
        <source>a socket, not a file</source>
        <translation>一个套接字，不是文件</translation>
    </message>
    <message>
        <source>a device, not a file</source>
        <translation>一个设备，不是文件</translation>
    </message>
    <message>
        <source>an empty file</source>
        <translation>一个空文件</translation>
    </message>
    <message>
        <source>a text file</source>
        <translation>一个文本文件</translation>
    </message>
    <message>
        <source>a web page, perhaps one that asks to log in</source>
        <translation>一个网页，可能是要求登录的页面</translation>
    </message>
    <message>
        <source>a PyTorch model</source>
        <translation>一个 PyTorch 模型</translation>
    </message>
    <message>
        <source>a safetensors model</source>
        <translation>一个 safetensors 模型</translation>
    </message>
    <message>
        <source>a model in GGML, the format before GGUF</source>
        <translation>一个 GGML 模型，即 GGUF 之前的格式</translation>
    </message>
    <message>
        <source>a ZIP archive; unpack it first</source>
        <translation>一个 ZIP 压缩包，请先解压</translation>
    </message>
    <message>
        <source>only a Git LFS pointer, without the model that it points to</source>
        <translation>一个 Git LFS 指针文件，它所指的模型本身并没有下载</translation>
    </message>
    <message>
        <source>a file of an unknown kind</source>
        <translation>一个类型未知的文件</translation>
    </message>
    <message>
        <source>a file of the kind {name}</source>
        <translation>一个 {name} 类型的文件</translation>
    </message>
    <message>
        <source>They are at their defaults now. The file as it was is kept as {path}.</source>
        <translation>这些设置现在使用默认值。原来的文件保留为 {path}。</translation>
    </message>
    <message>
        <source>Some settings could not be read</source>
        <translation>有些设置无法读取</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Shorten the message</source>
        <translation>缩短消息</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>选择其他模型</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>打开设置</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The conversation no longer fits the context: the oldest %n message(s) were left out. The system prompt stays.</source>
        <translation>
            <numerusform>对话已超出上下文长度：最早的 %n 条消息未被读取，系统提示词仍然保留。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>announcement</name>
    <message>
        <source>{0} answered: {1}</source>
        <translation>{0} 的回答：{1}</translation>
    </message>
</context>
<context>
    <name>message_menu</name>
    <message>
        <source>Copy selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>复制链接地址</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
</TS>
