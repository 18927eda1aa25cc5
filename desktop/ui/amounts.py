"""Numbers, sizes and times as a person reads them, in the language of the window."""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

_MINUTE, _HOUR = 60, 3600
_WITH_TENTHS = 10  # s; shorter times show tenths


def number(value: float, decimals: int = 0) -> str:
    """Return `value` with the separators of the language: 1,204 or 8.4."""
    if decimals == 0:
        return QLocale().toString(round(value))
    return QLocale().toString(float(value), "f", decimals)


def percent(fraction: float) -> str:
    """Return a part of one as per cent: 0.62 is "62 %", in Chinese "62%"."""
    return QCoreApplication.translate("Amounts", "{number} %").format(
        number=number(100 * min(max(fraction, 0.0), 1.0))
    )


def file_size(size: int) -> str:
    """Return bytes on disk in powers of 1,000, as hubs and most systems show them."""
    return QLocale().formattedDataSize(
        size, 1 if size >= 1_000_000 else 0, QLocale.DataSizeFormat.DataSizeSIFormat
    )


def memory(size: int) -> str:
    """Return bytes of memory in powers of 1,024, as memory is sold: "8.0 GB"."""
    return QLocale().formattedDataSize(
        size, 1 if size >= 1 << 20 else 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )


def parameters(count: int) -> str:
    """Return a number of weights as the field writes it: 1.5B, 360M, 8M."""
    for unit, size in (("B", 1_000_000_000), ("M", 1_000_000)):
        if count >= size:
            value = count / size
            return f"{number(value, 1 if value < 10 and round(value, 1) % 1 else 0)}{unit}"
    return number(count)


def duration(seconds: float) -> str:
    """Return a length of time: "1.2 s" below ten seconds, "25 s", "1 min 20 s", "2 h 5 min"."""
    translate = QCoreApplication.translate
    whole = round(seconds)
    if seconds < _WITH_TENTHS:
        return translate("Amounts", "{seconds} s").format(seconds=number(seconds, 1))
    if whole < _MINUTE:
        return translate("Amounts", "{seconds} s").format(seconds=number(whole))
    if whole < _HOUR:
        text = translate("Amounts", "{minutes} min {seconds} s")
        return text.format(minutes=number(whole // _MINUTE), seconds=number(whole % _MINUTE))
    minutes = whole // _MINUTE
    text = translate("Amounts", "{hours} h {minutes} min")
    return text.format(hours=number(minutes // 60), minutes=number(minutes % 60))


def moment(epoch: float) -> str:
    """Return a date and time of day, short; `epoch` is seconds since 1970."""
    when = QDateTime.fromSecsSinceEpoch(int(epoch))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def day(epoch: float) -> str:
    """Return the time of day for today, else the date; `epoch` is seconds since 1970."""
    when = QDateTime.fromSecsSinceEpoch(int(epoch))
    if when.date() == QDate.currentDate():
        return QLocale().toString(when.time(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)
