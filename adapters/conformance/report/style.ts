/** How the report looks: neutral greys carry the page, colour only marks what wants to be read; it prints as it shows. */

/** The language is switched without any script: two radio buttons, and what does not fit them is hidden. */
export const style = `
:root{color-scheme:light dark;--paper:#fbfbfa;--card:#fff;--ink:#1c1f23;--soft:#5b636d;--faint:#8b939d;--rule:#e3e5e8;--good:#2f7d4f;--bad:#b3261e;--open:#8a5300;--bronze:#8a5a2b;--silver:#6b7480;--gold:#9a7200}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1b1f23;--ink:#e8eaed;--soft:#a8b0b9;--faint:#7c848d;--rule:#2d3238;--good:#6cc393;--bad:#ef8378;--open:#e0a04a;--bronze:#d19a63;--silver:#aeb7c2;--gold:#e0bb4e}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:980px;margin:0 auto;padding:32px 24px 64px}
#en:not(:checked)~main .en,#zh:not(:checked)~main .zh{display:none}
.pick{position:absolute;opacity:0}
.languages{float:right;font-size:14px}
.languages label{padding:6px 12px;border:1px solid var(--rule);cursor:pointer;color:var(--soft)}
.languages label:first-child{border-radius:6px 0 0 6px}.languages label:last-child{border-radius:0 6px 6px 0;border-left:0}
#en:checked~main label[for=en],#zh:checked~main label[for=zh]{background:var(--ink);color:var(--paper)}
.pick:focus-visible~main .languages{outline:2px solid var(--ink);outline-offset:2px}
.over{font-size:13px;color:var(--faint);margin:0 0 6px}
h1{font-size:28px;line-height:1.2;margin:0}
h2{font-size:18px;margin:36px 0 8px;display:flex;gap:10px;align-items:baseline}
h2 .name{text-transform:capitalize}
summary .title::after{content:" ▸";color:var(--faint);font-size:12px}details[open]>summary .title::after{content:" ▾"}
h2 small{font-weight:400;font-size:14px;color:var(--soft)}
header p{color:var(--soft);margin:6px 0 0}
.verdict{display:flex;gap:18px;align-items:center;background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:18px 20px;margin:24px 0 0}
.verdict p{margin:0}
.medal{flex:none;min-width:104px;text-align:center;border:2px solid currentColor;border-radius:8px;padding:10px 14px;font-weight:700;font-size:20px;text-transform:uppercase;letter-spacing:.03em}
.medal.bronze{color:var(--bronze)}.medal.silver{color:var(--silver)}.medal.gold{color:var(--gold)}.medal.none{color:var(--bad)}
.counts{display:flex;flex-wrap:wrap;gap:6px 24px;list-style:none;margin:16px 0 0;padding:0;color:var(--soft)}
.counts b{color:var(--ink);font-size:20px;margin-right:4px}
.finding{background:var(--card);border:1px solid var(--rule);border-bottom-width:0}
.finding:first-of-type{border-radius:8px 8px 0 0}.finding:last-of-type{border-radius:0 0 8px 8px;border-bottom-width:1px}
summary{display:grid;grid-template-columns:118px 1fr auto;gap:4px 14px;padding:10px 16px;cursor:pointer;list-style:none;align-items:baseline}
summary::-webkit-details-marker{display:none}
summary code{color:var(--faint);font-size:13px}
summary .why{grid-column:2/4;color:var(--soft);font-size:15px}
.mark{font-weight:600;font-size:14px;white-space:nowrap}
.pass .mark{color:var(--good)}.fail .mark{color:var(--bad)}.not-proved .mark{color:var(--open)}.not-applicable .mark{color:var(--faint)}
.fail{border-left:4px solid var(--bad)}.fail .why{color:var(--bad)}
.evidence{padding:0 16px 14px;font-size:13px;color:var(--soft)}
.evidence table{border-collapse:collapse;width:100%;table-layout:fixed}
.evidence td{border-top:1px solid var(--rule);padding:4px 8px 4px 0;vertical-align:top;overflow-wrap:anywhere}
.evidence td:nth-child(1){width:72px;text-align:right;white-space:nowrap}.evidence td:nth-child(2){width:84px}.evidence td:nth-child(3){width:180px}
.evidence code,.evidence .payload{font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,"Noto Sans Mono CJK SC",monospace;color:var(--ink)}
.clause{margin:0 0 6px}
footer{margin-top:40px;color:var(--soft);font-size:14px}
@media (max-width:640px){summary{grid-template-columns:1fr auto}summary .title{grid-column:1/3}summary .why{grid-column:1/3}.verdict{flex-direction:column;align-items:flex-start}}
@media print{:root{--paper:#fff;--card:#fff;color-scheme:light}body{font-size:11pt}main{padding:0;max-width:none}.languages{display:none}.finding{break-inside:avoid}h2{break-after:avoid}.verdict{break-inside:avoid}}
`
