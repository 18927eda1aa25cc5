"""The sentences of the command line: English, then Chinese."""

from desktop.core.errors import ErrorCode

TEXTS: dict[str, tuple[str, str]] = {
    "about": (
        "Fireside: private chat with language models on this computer. "
        "Without a command it opens the window.",
        "炉边：在这台电脑上与语言模型私下聊天。不带命令时打开窗口。",
    ),
    "ask_help": ("ask one question", "问一个问题"),
    "ask_about": (
        "Answer one question and forget it. Standard input is added to the question; "
        "“-” waits for it.",
        "回答一个问题，不保存。标准输入会附在问题后面；“-” 表示等待输入。",
    ),
    "question_help": ("what you want to know", "您想知道什么"),
    "model_help": ("a GGUF file, or the name of a known model", "GGUF 文件，或已添加模型的名称"),
    "system_help": ("instructions for the model, before the question", "在问题之前给模型的指示"),
    "json_help": ("print JSON", "以 JSON 输出"),
    "chat_help": ("chat in the terminal", "在终端里聊天"),
    "chat_about": (
        "Chat in the terminal. The chat is kept and appears in the window.",
        "在终端里聊天。聊天会保存，也会出现在窗口里。",
    ),
    "chat_hint": (
        "Enter sends, Ctrl+C stops an answer, Ctrl+D ends.",
        "回车发送，Ctrl+C 停止回答，Ctrl+D 结束。",
    ),
    "models_help": ("list, add and remove models", "列出、添加、移除模型"),
    "models_about": (
        "The models that Fireside knows: the built-in guide and the GGUF files that you added.",
        "炉边已知的模型：内置向导，以及您添加的 GGUF 文件。",
    ),
    "models_list_help": ("list the models", "列出模型"),
    "models_add_help": ("add GGUF files; they stay where they are", "添加 GGUF 文件；文件留在原处"),
    "models_remove_help": ("forget a model; its file stays", "从列表中移除模型；文件保留"),
    "added": ("Added {model}", "已添加 {model}"),
    "removed": (
        "{name} is no longer listed. Its file is still there: {path}",
        "{name} 已从列表移除，文件仍在：{path}",
    ),
    "missing": ("file missing", "文件不存在"),
    "built_in": ("built in", "内置"),
    "doctor_help": ("check this computer and this installation", "检查这台电脑和本程序"),
    "doctor_about": (
        "Report versions, processor, memory, the engine's self-test, where files are kept, and "
        "what is connected. Nothing is contacted to find out.",
        "报告版本、处理器、内存、引擎自检、文件位置和网络状态。检查时不会联系任何服务器。",
    ),
    "prompt_help": ("show the exact prompt that a model reads", "显示模型实际读到的提示词"),
    "prompt_about": (
        "Print the exact text that the engine would read for a conversation, byte for byte. "
        "CONVERSATION.json holds a list of messages with role and content.",
        "逐字节输出引擎会读到的文本。CONVERSATION.json 是带 role 和 content 的消息列表。",
    ),
    "format_help": ("a built-in chat format", "内置的对话格式"),
    "template_help": ("a file with a Jinja chat template", "含 Jinja 对话模板的文件"),
    "jsonl_help": (
        "read one JSON object per line, answer one per line",
        "每行读一个 JSON 对象，逐行回答",
    ),
    "conversation_help": ("a JSON file, “-” for standard input", "JSON 文件，“-” 表示标准输入"),
    "no_display": (
        "There is no display to open a window on. Ask here instead:\n"
        '  {command} ask "Where are my chats stored?"\n'
        "or open the window on a virtual display:\n"
        "  xvfb-run {command}",
        "没有可用的显示器，无法打开窗口。可以在这里直接提问：\n"
        '  {command} ask "我的聊天保存在哪里？"\n'
        "或者在虚拟显示器上打开窗口：\n"
        "  xvfb-run {command}",
    ),
}

ERRORS: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.MODEL_MISSING: (
        "There is no model file at {path}. Was it moved or deleted? Add it again from where it is now.",
        "{path} 处没有模型文件。它可能被移动或删除了，请从现在的位置重新添加。",
    ),
    ErrorCode.MODEL_UNREADABLE: (
        "The model file {path} cannot be read: {detail}. Check that it is a file that you may read.",
        "无法读取模型文件 {path}：{detail}。请确认它是您有权读取的文件。",
    ),
    ErrorCode.MODEL_NOT_GGUF: (
        "{path} is not a GGUF model; it looks like {kind}. Look for a file that ends in .gguf.",
        "{path} 不是 GGUF 模型，看起来是 {kind}。请寻找以 .gguf 结尾的文件。",
    ),
    ErrorCode.MODEL_TRUNCATED: (
        "The model file {path} is incomplete: its end is missing. Download it again.",
        "模型文件 {path} 不完整，缺少结尾部分。请重新下载。",
    ),
    ErrorCode.MODEL_DAMAGED: (
        "The model file {path} is damaged: {detail}. Download it again.",
        "模型文件 {path} 已损坏：{detail}。请重新下载。",
    ),
    ErrorCode.MODEL_UNSUPPORTED: (
        "This version cannot run models of the kind “{architecture}” ({path}). Choose another model.",
        "此版本无法运行“{architecture}”类型的模型（{path}）。请选择其他模型。",
    ),
    ErrorCode.MODEL_PART_MISSING: (
        "{path} is one of several parts, and {part} is missing. Put all parts into one folder.",
        "{path} 是分卷模型的一部分，缺少 {part}。请把所有分卷放在同一文件夹。",
    ),
    ErrorCode.MODEL_TOO_LARGE: (
        "{path} needs about {needed} of memory, and {available} are available. "
        "Choose a smaller model or a smaller quantization.",
        "{path} 需要约 {needed} 内存，而可用内存只有 {available}。请选择更小的模型或量化。",
    ),
    ErrorCode.MODEL_LOAD_FAILED: (
        "llama.cpp could not load {path}: {detail}. The file may be damaged or too new for this version.",
        "llama.cpp 无法加载 {path}：{detail}。文件可能已损坏，或对此版本来说太新。",
    ),
    ErrorCode.ENGINE_START_FAILED: (
        "The engine could not be started: {detail}. Run “fireside doctor” to see why.",
        "引擎无法启动：{detail}。请运行“fireside doctor”查看原因。",
    ),
    ErrorCode.ENGINE_CRASHED: (
        "The engine ended unexpectedly ({cause}): {detail}. Try again; if it repeats, try another model.",
        "引擎意外退出（{cause}）：{detail}。请重试；若再次发生，请换一个模型。",
    ),
    ErrorCode.ENGINE_OUT_OF_MEMORY: (
        "The computer ran out of memory for this model. Close other programs, "
        "shorten the context, or choose a smaller model.",
        "内存不足，无法运行该模型。请关闭其他程序、缩短上下文，或选择更小的模型。",
    ),
    ErrorCode.ENGINE_STUCK: (
        "The engine has not reacted for {seconds} seconds and was ended. Try again.",
        "引擎已 {seconds} 秒没有响应，已被结束。请重试。",
    ),
    ErrorCode.ENGINE_KEEPS_CRASHING: (
        "The engine crashed {count} times within a minute. Choose another model, or try again later.",
        "引擎在一分钟内崩溃了 {count} 次。请换一个模型，或稍后再试。",
    ),
    ErrorCode.ENGINE_GARBLED: (
        "The engine sent something that makes no sense ({detail}) and was ended. Try again.",
        "引擎发来了无法理解的数据（{detail}），已被结束。请重试。",
    ),
    ErrorCode.PROMPT_EMPTY: ("There is no question. Type one.", "没有问题。请输入一个。"),
    ErrorCode.PROMPT_TOO_LONG: (
        "The text is {tokens} tokens long, and the model can take {limit}. Shorten it.",
        "文本有 {tokens} 个词元，而模型最多接受 {limit} 个。请缩短文本。",
    ),
    ErrorCode.TEMPLATE_FAILED: (
        "The chat template cannot be used: {detail}. Name a built-in format instead.",
        "对话模板无法使用：{detail}。请改用内置格式。",
    ),
    ErrorCode.TEMPLATE_TOO_SLOW: (
        "The chat template did not finish within {seconds} seconds. Name a built-in format instead.",
        "对话模板在 {seconds} 秒内没有完成。请改用内置格式。",
    ),
    ErrorCode.FORMAT_UNKNOWN: (
        "There is no chat format called “{name}”. See “fireside prompt --help” for the names.",
        "没有名为“{name}”的对话格式。请用“fireside prompt --help”查看名称。",
    ),
    ErrorCode.INPUT_INVALID: (
        "This cannot be used: {detail}. Correct it and try again.",
        "无法使用：{detail}。请更正后重试。",
    ),
    ErrorCode.STORE_NEWER: (
        "The chats in {path} were written by a newer Fireside (format {found}, this one knows {known}). "
        "Nothing was changed. Install the newer version.",
        "{path} 中的聊天由更新版本的炉边写入（格式 {found}，此版本支持 {known}）。未做任何更改，请安装新版本。",
    ),
    ErrorCode.STORE_DAMAGED: (
        "The chat file {path} is damaged. It was kept as {kept}. Restore a backup or go on afresh.",
        "聊天文件 {path} 已损坏，已保留为 {kept}。请恢复备份或重新开始。",
    ),
    ErrorCode.STORE_READ_ONLY: (
        "The chats in {path} cannot be written: the file or folder is read-only. Allow writing there.",
        "无法写入 {path}：文件或文件夹是只读的。请允许写入。",
    ),
    ErrorCode.STORE_FULL: (
        "There is no room left on the disk for {path}. Free some space and try again.",
        "磁盘空间不足，无法写入 {path}。请释放空间后重试。",
    ),
    ErrorCode.STORE_FAILED: (
        "The chats in {path} could not be read or written: {detail}. Try again.",
        "无法读写 {path} 中的聊天：{detail}。请重试。",
    ),
    ErrorCode.FOLDER_UNWRITABLE: (
        "Fireside cannot write to {path}: {detail}. Allow writing there or choose another data folder.",
        "炉边无法写入 {path}：{detail}。请允许写入，或选择其他数据文件夹。",
    ),
    ErrorCode.ALREADY_RUNNING: (
        "Fireside is already open. Its window was brought to the front.",
        "炉边已经打开，已将其窗口置于前面。",
    ),
    ErrorCode.NOT_FOUND: (
        "There is no {what}. Run “fireside models list” to see what there is.",
        "找不到 {what}。请运行“fireside models list”查看已有内容。",
    ),
    ErrorCode.INTERNAL: (
        "A mistake in Fireside itself: {detail}. Please report it; your chats are safe.",
        "炉边自身出错：{detail}。请报告此问题；您的聊天是安全的。",
    ),
}
