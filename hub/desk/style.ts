/** How the pages of the desk look: calm, large enough for thumbs, light and dark as the tablet is set. */
export const deskStyle = `
:root {
  color-scheme: light dark;
  --page: #f4f5f6; --card: #ffffff; --ink: #1b1f23; --soft: #57606a; --line: #868e96; --rule: #cfd3d7; --act: #0b5cad;
  --on-act: #ffffff; --bad: #a40e26; --bad-page: #fdecee; --good: #0a5c2b; --good-page: #e7f5ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --card: #1d2126; --ink: #e8eaed; --soft: #a8b0b9; --line: #7a838d; --rule: #40464d; --act: #8ab8f0;
    --on-act: #0b1a2b; --bad: #ffb3ba; --bad-page: #3a1a1f; --good: #a5e0b9; --good-page: #173324;
  }
}
@media (prefers-contrast: more) { :root { --soft: var(--ink); --line: var(--ink); --rule: var(--ink); } }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
header { display: flex; justify-content: space-between; align-items: center; max-width: 44rem; margin: 0 auto; padding: 8px 16px; }
header strong { font-size: 1.125rem; }
header a { display: inline-flex; align-items: center; min-height: 48px; padding: 0 12px; }
main { max-width: 44rem; margin: 0 auto; padding: 0 16px 48px; }
main.narrow { max-width: 26rem; padding-top: 8vh; }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 24px; margin-bottom: 16px; }
h1 { font-size: 1.5rem; margin: 0 0 16px; line-height: 1.25; }
h2 { font-size: 1.125rem; margin: 0 0 12px; }
label { display: block; font-weight: 600; margin-top: 16px; }
.hint { color: var(--soft); margin: 4px 0 0; font-size: .9375rem; }
input, select { width: 100%; min-height: 48px; margin-top: 4px; padding: 8px 12px; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 8px; }
button { min-height: 48px; min-width: 48px; padding: 8px 20px; font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid var(--act); background: var(--act); color: var(--on-act); cursor: pointer; }
button.plain { background: transparent; color: var(--act); }
form button { margin-top: 20px; }
td form button { margin-top: 0; }
.wide { width: 100%; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
a { color: var(--act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.bad, .good { border-radius: 8px; padding: 12px 16px; margin: 0 0 16px; }
.bad { background: var(--bad-page); color: var(--bad); }
.good { background: var(--good-page); color: var(--good); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.list { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 500; }
th, td { padding: 8px 8px 8px 0; vertical-align: middle; }
td + td { border-left: 0; }
.filter { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0 12px; align-items: end; margin-bottom: 16px; }
li form.row { align-items: end; } li form.row input { flex: 1 1 12rem; width: auto; } li form.row button { margin-top: 0; }
.players { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 12px; }
.players figure { margin: 0; } .players video { width: 100%; background: #000; border-radius: 8px; aspect-ratio: 4 / 3; }
li a { display: inline-block; padding: 6px 0; } nav a { display: inline-flex; align-items: center; min-height: 48px; } nav a[aria-current] { font-weight: 700; color: var(--ink); }
tr + tr td { border-top: 1px solid var(--rule); }
`
