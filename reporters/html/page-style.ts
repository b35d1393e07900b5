import { html } from './markup.ts'

/** Stylesheet of report.html; the charts bring their own. */
export const pageStyle = html`<style>
:root{color-scheme:light dark;--ground:#fff;--ink:#1c2128;--dim:#57606a;--line:#d5dbe1;--soft:#f4f6f8;--link:#0b5fb3;--slower:#b42318;--faster:#1a7f37;--equivalent:#0b5fb3;--inconclusive:#7a5200}
@media(prefers-color-scheme:dark){:root{--ground:#15191e;--ink:#e6e9ed;--dim:#a3adb8;--line:#36404b;--soft:#1c2229;--link:#74b7ff;--slower:#ff8b7e;--faster:#5fd37f;--equivalent:#74b7ff;--inconclusive:#e2b55a}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:86rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0 1rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.75rem 0 .25rem}
p,li{max-width:46rem}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}
dt,.dim,caption{color:var(--dim)}
dd{margin:0;min-width:0}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
caption{text-align:left;padding:.25rem 0 .5rem}
th,td{padding:.4rem .9rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{white-space:nowrap}
tbody th{font-weight:600}
td b,td small,td em{white-space:nowrap}
td small{color:var(--dim);font-size:.8rem}
td:not(.text){white-space:nowrap}
@media(max-width:40rem){body{font-size:15px}table{font-size:.8rem}th,td{padding-right:.4rem}td small{display:block;font-size:.7rem}td em{white-space:normal}}
td.text{min-width:9rem}
td em,.verdict{font-style:normal;font-weight:600}
.slower{color:var(--slower)}.faster{color:var(--faster)}.equivalent{color:var(--equivalent)}.inconclusive{color:var(--inconclusive)}
.headline{font-size:1.1rem}.headline li{margin:.4rem 0}td.weak b{color:var(--dim);font-weight:400}td div.dim{font-size:.8rem}
.study th,.study td{color:var(--dim);font-weight:400}
sup{line-height:0;font-size:.75rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.5rem 1.5rem;margin:1rem 0;align-items:start}
.guestbench-chart{display:block;max-width:100%;height:auto}
summary{cursor:pointer;padding:.4rem 0}
li:target{background:var(--soft)}
</style>`
