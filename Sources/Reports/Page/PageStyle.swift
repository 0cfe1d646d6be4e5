/// How pages look: on a screen in light and dark, and on paper.
enum PageStyle {
  /// One text for all pages, of which the policy of a page holds the hash. It has no `<` and no
  /// `&`, so that it is the same as XML.
  static let text =
    """
    :root{color-scheme:light dark;\(Palette.variables(dark: false))}
    @media screen and (prefers-color-scheme:dark){:root{\(Palette.variables(dark: true))}}
    \(base)
    \(charts)
    \(Palette.classes)
    \(parts)
    \(print)

    """

  private static let base = """
    *{box-sizing:border-box}
    body{margin:0 auto;padding:24px 20px 60px;max-width:880px;background:var(--paper);
    color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    h1{font-size:26px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
    h2{font-size:20px;margin:44px 0 10px;padding-top:10px;border-top:1px solid var(--line)}
    h3{font-size:16px;margin:22px 0 6px;overflow-wrap:anywhere}
    p{margin:8px 0;max-width:90ch;overflow-wrap:anywhere}
    a{color:var(--s0)}
    .faint,figcaption{color:var(--faint)}
    .note{border-left:3px solid var(--s4);padding-left:10px}
    nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:16px 0}
    .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px;margin:16px 0}
    .facts div{background:var(--panel);border-radius:6px;padding:8px 12px}
    .facts dt{color:var(--faint);font-size:13px}
    .facts dd{margin:0;font-size:17px;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
    th,td{text-align:right;padding:3px 10px;border-bottom:1px solid var(--line);white-space:nowrap}
    th{color:var(--faint);font-weight:600}
    .first{text-align:left}
    """

  private static let charts = """
    figure{margin:14px 0 22px}
    figcaption{font-size:13px;max-width:100ch;margin-top:4px}
    .chart{display:block;width:100%;height:auto;font-size:12px}
    .chart text{fill:var(--ink)}
    .axis line{stroke:var(--line);stroke-width:1}
    .axis text{fill:var(--faint)}
    .axis .label{fill:var(--ink)}
    .line path{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    .line circle{fill:currentColor}
    .dashed path{stroke-dasharray:6 4}
    .rule line{stroke:var(--faint);stroke-width:1.5;stroke-dasharray:3 3}
    .rule text{fill:var(--faint);paint-order:stroke;stroke:var(--paper);stroke-width:3px}
    .bar rect{fill:currentColor}
    .zero{stroke:var(--faint);stroke-width:1}
    .dots path{fill:none;stroke:currentColor;stroke-width:4;stroke-linecap:round;opacity:.55}
    .square path{stroke-linecap:square;stroke-width:3.5}
    .outline{fill:currentColor;fill-opacity:.06;stroke:currentColor;stroke-width:1.5}
    .area{fill:currentColor}
    .mark circle{fill:currentColor;stroke:var(--paper);stroke-width:2}
    .chart .mark text{font-weight:700;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
    .cell{fill:currentColor}
    """

  private static let parts = """
    .legend{display:flex;flex-wrap:wrap;gap:2px 14px;list-style:none;padding:0;margin:6px 0;font-size:13px}
    .legend svg{vertical-align:-1px;margin-right:5px}
    .legend [role=button]{cursor:pointer}
    .legend [role=button]:focus-visible{outline:2px solid var(--s0);outline-offset:2px}
    h3 svg{margin-right:6px}
    .dim{opacity:.12}
    .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:6px 26px}
    """

  private static let print = """
    @media print{body{max-width:none;padding:0;font-size:12px}nav,.controls{display:none!important}
    .scroll{overflow:visible}table{font-size:11px}td.first{white-space:normal;overflow-wrap:anywhere}
    figure,.keep,tr{break-inside:avoid}h2,h3{break-after:avoid}
    .facts div{border:1px solid var(--line)}.bar rect,.dots path,.mark circle,.cell,.area
    {print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit}}
    """
}
