/** How a printed or shown report looks: neutral greys carry the page, one colour marks what was measured. */

/** As a template of its own, so that the page stays one file without anything from elsewhere. */
export const style = `
:root{color-scheme:light dark;--paper:#fbfbfa;--card:#fff;--ink:#1c1f23;--soft:#5b636d;--faint:#8b939d;--rule:#e3e5e8;--grid:#eceef0;--main:#2b6cb0;--main-soft:#2b6cb022;--other:#a3aab3;--ready:#dde3ea;--alert:#b45309;--trouble:#c0392b;--good:#2f7d4f;--heat:43,108,176}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f23;--ink:#e8eaed;--soft:#a8b0b9;--faint:#7c848d;--rule:#2d3238;--grid:#262b30;--main:#6ea8e5;--main-soft:#6ea8e526;--other:#69727c;--ready:#323a43;--alert:#e0a04a;--trouble:#ea7567;--good:#6cc393;--heat:110,168,229}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1040px;margin:0 auto;padding:40px 24px 64px}
header p,.note{color:var(--soft);margin:4px 0 0}
h1{font-size:30px;line-height:1.2;margin:0;letter-spacing:-.01em}
h2{font-size:19px;margin:44px 0 4px}
.over{font-size:13px;letter-spacing:.06em;text-transform:uppercase;color:var(--faint);margin:0 0 8px}
.verdict{font-size:20px;line-height:1.45;max-width:46em;margin:24px 0 0;padding:0 0 0 16px;border-left:3px solid var(--main)}
.verdict.plain{border-color:var(--other)}
.key{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:12px;margin:28px 0 0;padding:0;list-style:none}
.key li{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:14px 16px}
.key .label{color:var(--soft);font-size:14px;display:block}
.key .value{font-size:27px;line-height:1.3;font-weight:600;letter-spacing:-.01em}
.key .other{color:var(--soft);font-size:14px;display:block}
.key .other span{white-space:nowrap}
.key .better{color:var(--good)}.key .worse{color:var(--alert)}
figure{margin:12px 0 0;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:16px;overflow-x:auto}
svg{display:block;width:100%;min-width:680px;height:auto}
svg text{font-family:inherit;fill:var(--soft);font-size:12.5px}
.middle{text-anchor:middle}.end{text-anchor:end}
.grid line{stroke:var(--grid)}.base{stroke:var(--grid)}
.line{fill:none;stroke:var(--main);stroke-width:1.8;stroke-linejoin:round}.line.other{stroke:var(--other);stroke-width:1.5}
.area{fill:var(--main-soft)}
.bar{fill:var(--main)}.bar.other{fill:var(--other)}
.mean line{stroke:var(--ink);stroke-dasharray:3 3}.mean.other line{stroke:var(--soft)}
.mean text{fill:var(--ink);paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}.mean.other text{fill:var(--soft)}
.lane rect{fill:var(--main);opacity:.65}.lane.alert rect{fill:var(--alert);opacity:1}
.span.work{fill:var(--main)}.span.ready{fill:var(--ready)}.span.away{fill:none;stroke:var(--other);stroke-dasharray:2 2}.span.trouble{fill:var(--trouble)}
.rooms rect{fill:none;stroke:var(--rule)}
.heat rect{fill:rgb(var(--heat))}
${Array.from({ length: 9 }, (_, shade) => `.h${shade + 1}{fill-opacity:${(0.08 + shade * 0.1).toFixed(2)}}`).join('')}
.marks circle,.marks rect{fill:var(--card);stroke:var(--ink);stroke-width:1.5}
.names text{fill:var(--ink);font-size:14px;paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;color:var(--soft);font-size:14px;margin:10px 0 0;padding:0;list-style:none}
.legend i{display:inline-block;width:14px;height:10px;margin-right:6px;border-radius:2px;vertical-align:0;background:var(--main)}
${Array.from({ length: 9 }, (_, shade) => `.legend .h${shade + 1} i{background:rgba(var(--heat),${(0.08 + shade * 0.1).toFixed(2)})}`).join('')}
.legend .other i{background:var(--other)}.legend .ready i{background:var(--ready)}.legend .away i{background:none;border:1px dashed var(--other)}.legend .trouble i{background:var(--trouble)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:12px 0 0;font-size:15px}
th,td{text-align:right;padding:6px 10px;border-bottom:1px solid var(--rule);white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0;white-space:normal}
thead th{color:var(--soft);font-weight:500;font-size:14px}
tbody th{font-weight:600;padding-top:18px;text-align:left}
td.unsure{color:var(--faint)}
code{font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;background:var(--card);border:1px solid var(--rule);border-radius:6px;display:block;padding:10px 12px;overflow-x:auto}
footer{margin-top:48px;color:var(--soft);font-size:14px}
@media print{:root{--paper:#fff}svg{min-width:0}main{padding:0;max-width:none}figure,.key li{break-inside:avoid}h2{break-after:avoid}}
`
