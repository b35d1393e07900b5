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
@media(max-width:40rem){body{font-size:15px}table{font-size:.78rem}th,td{padding-right:.35rem}tbody th{overflow-wrap:anywhere;min-width:4.2rem}td small{display:block;font-size:.68rem}td em,.wide td small,td div.dim{white-space:normal}td em{font-size:.68rem}th:not([aria-sort]) button::after{content:none!important}}
td.text{min-width:7rem}
td em,.verdict{font-style:normal;font-weight:600}
.slower{color:var(--slower)}.faster{color:var(--faster)}.equivalent{color:var(--equivalent)}.inconclusive{color:var(--inconclusive)}
.headline{font-size:1.1rem}.headline li{margin:.4rem 0}td.weak b{color:var(--dim);font-weight:400}td div.dim{font-size:.8rem}
.study th,.study td{color:var(--dim);font-weight:400}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,23rem),1fr));gap:.5rem 1.5rem;margin:1rem 0;align-items:start}
figure{margin:0;min-width:0}
figcaption{font-size:.8rem;padding:0 1rem}
.guestbench-chart{display:block;max-width:100%;height:auto}
.keys{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;font-size:.85rem}
.keys li{display:flex;gap:.4rem;align-items:center}
button{font:inherit;font-size:.8rem;color:var(--link);background:none;border:1px solid var(--line);border-radius:.3rem;padding:.05rem .4rem;cursor:pointer}
th button{font-size:inherit;font-weight:inherit;color:inherit;border:0;padding:0;text-align:left}
th button::after{content:" ↕";color:var(--dim)}th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
#controls{position:sticky;top:0;z-index:1;background:var(--ground);border-bottom:1px solid var(--line);max-height:45vh;overflow:auto}
#controls p{margin:.25rem 0;font-size:.85rem}
fieldset{border:0;margin:0;padding:0 0 .4rem}
legend{padding:0;font-weight:600}
label{display:inline-block;margin-right:1rem;padding:.15rem 0}
summary{cursor:pointer;padding:.4rem 0}
code{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere;user-select:all}
li:target,td:target,figure:target{background:var(--soft);outline:1px solid var(--line)}
:target{scroll-margin-top:3rem}
tr.here{background:var(--soft)}
.away{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
[hidden]{display:none!important}
@media(max-width:40rem){#controls{position:static;max-height:none}.headline{font-size:1rem;padding-left:1.2rem}h2{margin-top:1.5rem}dl{grid-template-columns:1fr}dt{margin-top:.4rem}.charts{margin:.5rem -.5rem}figcaption .dim{display:none}}
@media(max-width:40rem){.many,.many tbody,.many caption{display:block}.many thead{display:none}.many tr{display:grid;grid-template-columns:repeat(3,1fr);border-bottom:1px solid var(--line)}.many tbody th{grid-column:1/-1}.many tbody :is(th,td){border:0}.many td::before{content:attr(data-head);display:block;color:var(--dim)}}
@media print{
@page{size:A4;margin:12mm}
:root{color-scheme:light;--ground:#fff;--ink:#000;--dim:#444;--line:#bbb;--soft:#f4f6f8;--link:#000;--slower:#b42318;--faster:#1a7f37;--equivalent:#0b5fb3;--inconclusive:#7a5200}
body{font-size:9.5pt;padding:0;max-width:none}
#controls,button[data-save],figcaption a{display:none!important}
th button::after{content:none!important}
details::details-content{content-visibility:visible;block-size:auto}
.wide{overflow:visible}
table{font-size:7.5pt;width:100%}
th,td{padding:.2rem .4rem .2rem 0}
thead th,td:not(.text),td b,td small,td em{white-space:normal}
td.text{min-width:0}
.charts{grid-template-columns:1fr 1fr;gap:.25rem .75rem}
figure,tr,li{break-inside:avoid}
h2,h3{break-after:avoid}
}
</style>`
