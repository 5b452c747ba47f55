/// Style of the page and of its charts: system fonts, two accent colours, light, dark and paper.
package enum Stylesheet {
  private static let light: [(name: String, color: String)] = [
    ("paper", "#ffffff"), ("ink", "#1b2127"), ("muted", "#59646f"), ("rule", "#e2e6ea"),
    ("faint", "#f5f7f9"), ("first", "#1c5d99"), ("second", "#a6490c"), ("band", "#eef1f4"),
    ("h2", "#2f7d4f"), ("h3", "#7a4f9a"), ("h4", "#8a6d00"), ("h5", "#a03a5c"),
  ]

  private static let dark: [(name: String, color: String)] = [
    ("paper", "#14181d"), ("ink", "#e6eaee"), ("muted", "#9aa6b2"), ("rule", "#2b333b"),
    ("faint", "#1b2127"), ("first", "#7fb6ee"), ("second", "#eea065"), ("band", "#20272e"),
    ("h2", "#79c798"), ("h3", "#c3a0e0"), ("h4", "#d8bc5a"), ("h5", "#e58aa8"),
  ]

  private static func variables(_ colors: [(name: String, color: String)]) -> String {
    colors.map { "--\($0.name):\($0.color);" }.joined()
  }

  /// Style of a chart in a file of its own: light colours, written out for viewers that know no
  /// variables.
  package static let standaloneChart: String = {
    var style = chart
    for (name, color) in light { style = style.replacing("var(--\(name))", with: color) }
    return style + "\n.plot .sheet{fill:#ffffff}"
  }()

  /// Style of charts, within the page and in files.
  package static let chart = """
    .plot{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    .plot text{fill:var(--ink)}
    .plot .tick,.plot .axis,.plot .value{fill:var(--muted)}
    .plot .tick,.plot .small,.plot .axis{font-size:11px}
    .plot .label,.plot .value{paint-order:stroke;stroke:var(--paper);stroke-width:3px}
    .plot .label.strong{font-weight:650}
    .plot .number{font-size:11.5px}
    .plot .grid{stroke:var(--rule);fill:none}
    .plot .zero{stroke:var(--muted);stroke-width:1;fill:none}
    .plot .diagonal{stroke:var(--muted);stroke-dasharray:3 4;fill:none}
    .plot .band{fill:var(--band)}
    .plot .interval{stroke:var(--muted);stroke-width:1.3;fill:none}
    .plot .interval.first{stroke:var(--first);stroke-width:2}
    .plot .interval.second{stroke:var(--second);stroke-width:2}
    .plot .mark.first{fill:var(--first)}
    .plot .mark.second{fill:var(--paper);stroke:var(--second);stroke-width:2}
    .plot .mark.other{fill:var(--muted)}
    .plot .joint{stroke:var(--muted);stroke-width:1;fill:none}
    .plot .cell{fill:var(--first)}
    .plot .cell.diagonal{stroke:var(--ink);stroke-width:1;stroke-dasharray:none;fill:var(--first)}
    .plot .line{fill:none;stroke-width:1.6}
    .plot .line.first{stroke:var(--first)}
    .plot .line.second{stroke:var(--second);stroke-dasharray:5 4}
    .plot .bar{stroke-width:1.4}
    .plot .bar.first{fill:var(--first);stroke:var(--first)}
    .plot .bar.second{fill:var(--paper);stroke:var(--second)}
    .plot .bar.other{fill:var(--muted);stroke:var(--muted)}
    .plot .whisker{stroke:var(--ink);stroke-width:1.2;fill:none}
    .plot .leader{stroke:var(--rule);fill:none}
    .plot .curve{fill:none;stroke-width:1.9}
    .plot .span{fill-opacity:.07;stroke:none}
    .plot .dot.h0{fill:var(--first)} .plot .dot.h1{fill:var(--second)}
    .plot .dot.h2{fill:var(--h2)} .plot .dot.h3{fill:var(--h3)}
    .plot .dot.h4{fill:var(--h4)} .plot .dot.h5{fill:var(--h5)}
    .plot .curve.h0{stroke:var(--first)} .plot .span.h0{fill:var(--first)}
    .plot .curve.h1{stroke:var(--second);stroke-dasharray:7 4} .plot .span.h1{fill:var(--second)}
    .plot .curve.h2{stroke:var(--h2);stroke-dasharray:2 3} .plot .span.h2{fill:var(--h2)}
    .plot .curve.h3{stroke:var(--h3);stroke-dasharray:9 3 2 3} .plot .span.h3{fill:var(--h3)}
    .plot .curve.h4{stroke:var(--h4);stroke-dasharray:4 2} .plot .span.h4{fill:var(--h4)}
    .plot .curve.h5{stroke:var(--h5);stroke-dasharray:1 4} .plot .span.h5{fill:var(--h5)}
    """

  /// Style of the page with its charts.
  package static let page = """
    :root{color-scheme:light dark;\(variables(light))}
    @media (prefers-color-scheme:dark){:root{\(variables(dark))}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    main{max-width:1080px;margin:0 auto;padding:44px 28px 72px}
    header{margin-bottom:26px}
    .kind{margin:0 0 4px;color:var(--muted);font-size:14px}
    h1{margin:0;font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.012em;
    overflow-wrap:anywhere}
    h2{font-weight:650;margin:0}
    p{margin:0 0 10px}
    a{color:var(--first);text-underline-offset:2px}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
    font-size:13.5px}
    .first{display:grid;grid-template-columns:148px minmax(0,1fr);gap:0 28px;
    padding:18px 0;border-top:1px solid var(--rule)}
    .first h2{font-size:14px;line-height:1.45;color:var(--muted);padding-top:2px}
    .first>div>:last-child{margin-bottom:0}
    .lead{font-size:21px;line-height:1.35;font-weight:600;letter-spacing:-.005em;
    overflow-wrap:anywhere;margin-bottom:12px}
    .facts{margin:0 0 10px;display:grid;gap:3px}
    .facts>div{display:grid;grid-template-columns:92px minmax(0,1fr);gap:14px}
    dt{color:var(--muted)} dd{margin:0;overflow-wrap:anywhere}
    .hash{font-size:12.5px;color:var(--muted)}
    ul{margin:0 0 10px;padding:0;list-style:none}
    ul.plain{padding-left:20px;list-style:disc}
    li{margin:0 0 5px;overflow-wrap:anywhere}
    .warnings li,.checks li{padding-left:26px;position:relative}
    .warnings li::before{content:"!";position:absolute;left:0;top:4px;width:17px;height:17px;
    border:1.5px solid var(--second);border-radius:4px;color:var(--second);font-size:12px;
    line-height:14px;text-align:center;font-weight:700}
    .warnings b{color:var(--second)}
    .checks li{color:var(--muted)}
    .checks li::before{content:"\\2713";position:absolute;left:3px}
    .command{margin:0 0 12px;padding:11px 14px;background:var(--faint);
    border:1px solid var(--rule);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
    .note{color:var(--muted);font-size:14px;max-width:72ch}
    .below>p{max-width:72ch}
    nav{display:flex;flex-wrap:wrap;gap:5px 18px;padding:16px 0;border-top:1px solid var(--rule);
    border-bottom:1px solid var(--rule);font-size:14.5px}
    .below{padding:34px 0 4px}
    .below h2{font-size:21px;letter-spacing:-.008em;margin-bottom:12px}
    .below h3{font-size:17px;font-weight:650;margin:26px 0 6px}
    figure{margin:10px 0 22px}
    figcaption{margin-bottom:8px;font-size:15px}
    .chart{overflow-x:auto}
    .plot{display:block;max-width:none}
    .chart>.plot,.wide>.plot,.narrow>.plot{height:auto;max-width:100%}
    .narrow{display:none}
    .legend{white-space:normal}
    .sign{display:inline-block;max-width:100%;margin-right:14px;overflow-wrap:anywhere;color:var(--muted);
    font-size:14px}
    .sign .plot{display:inline-block;vertical-align:-3px;margin-right:5px}
    .pair{display:flex;flex-wrap:wrap;gap:6px 56px;align-items:flex-start}
    .pair>figure{flex:0 1 460px}
    details{margin:6px 0;min-width:0}
    summary{cursor:pointer;color:var(--first);font-size:14px;width:max-content}
    .links{font-size:14px;color:var(--muted);margin:4px 0 0}
    .get{margin-left:6px}
    .scroll{overflow-x:auto;margin:0 0 12px}
    table{border-collapse:collapse;font-size:14px;line-height:1.4;
    font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--muted);font-size:13px;padding-bottom:5px}
    th,td{padding:5px 16px 5px 0;text-align:left;vertical-align:top;
    border-bottom:1px solid var(--rule)}
    thead th{font-weight:600;color:var(--muted);font-size:13px;vertical-align:bottom;
    border-bottom-color:var(--muted)}
    thead .n{white-space:normal}
    tbody th{font-weight:400;white-space:nowrap}
    .n{text-align:right;white-space:nowrap}
    .s{min-width:15em}
    .key>th,.key>td{font-weight:650}
    footer{margin-top:44px;padding-top:14px;border-top:1px solid var(--rule);
    color:var(--muted);font-size:13.5px}
    :focus-visible{outline:2px solid var(--first);outline-offset:2px}
    @media (max-width:720px){
    main{padding:24px 16px 48px}
    h1{font-size:24px}
    .lead{font-size:18.5px}
    .first{display:block;padding:15px 0}
    .first h2{margin-bottom:6px}
    .facts>div{grid-template-columns:72px minmax(0,1fr);gap:10px}
    .wide{display:none}
    .narrow{display:block}
    td{min-width:5.5em}
    }
    @media print{
    :root{color-scheme:light;\(variables(light))}
    body{font-size:10.5pt}
    main{max-width:none;padding:0}
    figure,.first,tr{break-inside:avoid}
    h2{break-after:avoid}
    nav,.links,summary{display:none}
    details::details-content{content-visibility:visible;display:block}
    .scroll,.chart{overflow:visible}
    table{font-size:8.5pt}
    th,td{padding-right:9px}
    a{color:inherit;text-decoration:none}
    }
    \(chart)

    """
}
