"""A bar chart of seconds as an SVG: horizontal bars, an axis, a value at each; on a panel of its own, so
that it can be read on a light and on a dark page."""
import math
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, ROW = 860, 210, 250, 36
INK, FAINT, GRID = "#1f2328", "#59636e", "#d8dee4"
OURS, THEIRS = "#1a7f5a", "#7d93ad"


@dataclass
class Bar:
    label: str
    note: str
    is_ours: bool
    is_inexact: bool
    #: Whether the ratios of time are to this one, which `than` names at the others.
    is_reference: bool
    than: str
    seconds: float
    least: float
    largest: float
    time_ratio: float
    inertia_ratio: float


def step(largest):
    """The distance of two ticks: 1, 2 or 5 times a power of ten, for about five of them."""
    rough = max(largest, 1e-9) / 5
    power = 10 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def words(x, y, text, size=13, anchor="start", fill=INK, weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
            f'font-weight="{weight}">{escape(text)}</text>')


def wrapped(text, width):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def draw(title, what, machine, bars, remarks):
    """The whole file: `what` the seconds are of, remarks below. A hatched bar is of a library whose labels
    are inexact; a thin line goes from the fastest to the slowest run."""
    top = 62
    bottom = top + ROW * len(bars)
    tick = step(max((bar.largest for bar in bars), default=1))
    ticks = math.ceil(max((bar.largest for bar in bars), default=1) / tick)
    scale = (WIDTH - LEFT - RIGHT) / (ticks * tick)
    parts = [words(20, 30, title, 14, weight="bold"),
             words(20, 50, f"{what}: median, line from the fastest to the slowest run"
                   + ("; hatched: inexact" if any(bar.is_inexact for bar in bars) else ""), 12, fill=FAINT)]
    for number in range(ticks + 1):
        x = LEFT + number * tick * scale
        parts.append(f'<path d="M{x:.1f} {top}V{bottom + 5}" stroke="{GRID}"/>')
        parts.append(words(x, bottom + 20, f"{number * tick:g}{' s' if number == ticks else ''}", 12, "middle", FAINT))
    for place, bar in enumerate(bars):
        parts += row(bar, top + ROW * place, scale)
    parts.append(f'<path d="M{LEFT} {top}V{bottom + 5}" stroke="{INK}"/>')
    y = bottom + 44
    for line in [line for text in remarks for line in wrapped(text, 120)] + wrapped(machine, 130):
        parts.append(words(20, y, line, 11, fill=FAINT))
        y += 15
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" '
        'font-family="system-ui, Helvetica, Arial, sans-serif" role="img">', f"<title>{escape(title)}</title>",
        '<defs><pattern id="inexact" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff"/>'
        f'<rect width="4" height="7" fill="{THEIRS}"/></pattern></defs>',
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{y - 1}" rx="8" fill="#ffffff" stroke="{GRID}"/>',
        *parts, "</svg>", ""])


def cost(ratio):
    if ratio >= 10:
        return f"cost {ratio:.3g} x"
    percent = 100 * (ratio - 1)
    return f"cost {percent:+.3f} %" if abs(percent) >= 0.0005 else "same cost"


def row(bar, y, scale):
    middle = y + ROW / 2
    fill = OURS if bar.is_ours else "url(#inexact)" if bar.is_inexact else THEIRS
    frame = f' stroke="{THEIRS}"' if bar.is_inexact else ""
    end = LEFT + bar.largest * scale
    quality = "" if bar.is_reference else f", {bar.time_ratio:.2f} x {bar.than}"
    # Costs may be told in units of another one's than times are.
    if not bar.is_reference or bar.inertia_ratio != 1:
        quality += f", {cost(bar.inertia_ratio)}"
    parts = [
        words(LEFT - 10, middle + (0 if bar.note else 4), bar.label, anchor="end",
              weight="bold" if bar.is_ours else "normal"),
        f'<rect x="{LEFT}" y="{y + 7}" width="{bar.seconds * scale:.1f}" height="{ROW - 14}" fill="{fill}"{frame}/>',
        f'<path d="M{LEFT + bar.least * scale:.1f} {middle}H{end:.1f}" stroke="{INK}" stroke-width="1.5"/>',
        words(max(end, LEFT) + 8, middle + 4, f"{bar.seconds:#.3g}".rstrip(".") + f" s{quality}", 12)]
    if bar.note:
        parts.append(words(LEFT - 10, middle + 13, bar.note, 10, "end", FAINT))
    return parts
