/** How charts look, in light and dark: in a picture of its own, or once in a page. */
import { html } from './markup.ts'

/** Contrasts of at least 4.5 for text, in both schemes. Verdicts are named beside their colour. */
export const chartStyle = html`<style id="chart-style">
.guestbench-chart{--ground:#fff;--ink:#1c2128;--dim:#57606a;--track:#eef1f4;--equal:#d5dbe1;--tick:#c3cad1;--slower:#b42318;--faster:#1a7f37;--equivalent:#0b5fb3;--inconclusive:#7a5200;--study:#7b3fa0;font:13px system-ui,sans-serif}
@media(prefers-color-scheme:dark){.guestbench-chart{--ground:#15191e;--ink:#e6e9ed;--dim:#a3adb8;--track:#232a32;--equal:#36404b;--tick:#46515d;--slower:#ff8b7e;--faster:#5fd37f;--equivalent:#74b7ff;--inconclusive:#e2b55a;--study:#d3a1f0}}
.guestbench-chart .ground{fill:var(--ground)}
.guestbench-chart text{fill:var(--ink)}
.guestbench-chart .title{font-size:16px;font-weight:600}
.guestbench-chart .label{font-weight:600}
.guestbench-chart .end,.guestbench-chart .far{text-anchor:end}
.guestbench-chart .note,.guestbench-chart .axis,.guestbench-chart text.tick{font-size:12px;fill:var(--dim)}
.guestbench-chart text.tick{text-anchor:middle}
.guestbench-chart .track{fill:var(--track)}
.guestbench-chart .equal{fill:var(--equal)}
.guestbench-chart path{fill:none;stroke-width:1;stroke:var(--tick)}
.guestbench-chart path.one{stroke:var(--ink);stroke-width:1.5}
.guestbench-chart .mark,.guestbench-chart .dots{--mark:var(--dim)}
.guestbench-chart .mark{fill:var(--mark);stroke:var(--mark);stroke-width:2}
.guestbench-chart path.mark{fill:none}
.guestbench-chart path.arrow{fill:var(--mark)}
.guestbench-chart .dots{stroke:var(--mark);stroke-width:3.5;stroke-linecap:round;stroke-opacity:.45}
.guestbench-chart .solid{stroke-width:4.5;stroke-opacity:1}
.guestbench-chart .slower{--mark:var(--slower)}
.guestbench-chart .faster{--mark:var(--faster)}
.guestbench-chart .equivalent{--mark:var(--equivalent)}
.guestbench-chart .inconclusive{--mark:var(--inconclusive)}
.guestbench-chart .ink{--mark:var(--ink)}
.guestbench-chart circle.unranked{fill:var(--ground)}
.guestbench-chart path.unranked.arrow{fill:var(--ground)}
.guestbench-chart path.study{stroke:var(--study);stroke-width:1.5;fill:var(--ground)}
.guestbench-chart .thin{stroke-width:1.2}
.guestbench-chart path.beside{stroke:var(--dim);stroke-dasharray:3 2}
.guestbench-chart path.dots.beside{stroke-dasharray:none;stroke-opacity:1;stroke-width:3}
.guestbench-chart .cross{stroke:var(--slower);stroke-width:1.5}
.guestbench-chart .here .thin{stroke-width:4}
.guestbench-chart .leader{stroke:var(--dim);stroke-dasharray:1 2}
.guestbench-chart .hit{fill:none;pointer-events:all}
.guestbench-chart .here .hit{fill:var(--track)}
.guestbench-chart .row:hover .hit{fill:var(--track)}
@media print{.guestbench-chart{--ground:#fff;--ink:#000;--dim:#444;--track:#eef1f4;--equal:#d5dbe1;--tick:#c3cad1;--slower:#b42318;--faster:#1a7f37;--equivalent:#0b5fb3;--inconclusive:#7a5200;--study:#7b3fa0}}
</style>`
