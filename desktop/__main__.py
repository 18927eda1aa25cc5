"""From the command line's words to a window, a command, or the engine process."""

import sys


def main() -> int:
    """Return the exit status; each way imports only what it needs."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--engine-host"]:
        from desktop.engines.llama import host  # noqa: PLC0415 — the host never loads Qt

        return host.main()
    from desktop import cli  # noqa: PLC0415

    if cli.wants_window(arguments):
        from desktop import app  # noqa: PLC0415

        return app.main(arguments)
    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
