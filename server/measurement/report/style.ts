/** The report's look: calm on screen in light and dark, plain on paper. Greys alone tell everything apart when printed. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--panel:#f6f7f9;--text:#1b2430;--quiet:#566173;--line:#d9dee6;--bar:#2f57c9;--calm:#9aa5b8;--other:#b85c00;--link:#1f47b5;
--h0:#f1f3f7;--h1:#dbe4fa;--h2:#b3c5f3;--h3:#7f9be6;--h4:#4a6fd6;--h5:#24459f;--k:#1b2430;--kk:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#14181f;--panel:#1c222c;--text:#e6eaf1;--quiet:#a3adbd;--line:#323b49;--bar:#8ba9f5;--calm:#5d6a7f;--other:#e9a04b;--link:#a9c0fa;
--h0:#1c222c;--h1:#24324f;--h2:#304a80;--h3:#4468b8;--h4:#6c90e6;--h5:#a9c3ff;--k:#e6eaf1;--kk:#10151d}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:47rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.35rem;line-height:1.3;margin:3rem 0 .25rem;padding-top:.75rem;border-top:2px solid var(--text)}h3{font-size:1.02rem;margin:0 0 .5rem;line-height:1.35}
p{margin:.4rem 0}a{color:var(--link)}.quiet,.how,.meta{color:var(--quiet)}.how,.meta{font-size:.875rem}
.brandline{font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--quiet);margin-bottom:1.5rem}
.findings{margin:1.5rem 0;padding:0;list-style:none;counter-reset:f;border-top:1px solid var(--line)}
.findings li{counter-increment:f;position:relative;padding:.7rem 0 .7rem 2.4rem;border-bottom:1px solid var(--line);font-size:1.05rem}
.findings li::before{content:counter(f);position:absolute;left:0;top:.75rem;width:1.6rem;text-align:right;padding-right:.6rem;color:var(--quiet)}
.findings a{font-size:.85rem;white-space:nowrap}
.key{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem;margin:1.25rem 0;padding:0}
.key div{background:var(--panel);border-radius:6px;padding:.7rem .85rem}.key dt{font-size:.82rem;color:var(--quiet)}.key dd{margin:0;font-size:1.45rem;font-weight:600;line-height:1.25}.key dd small{font-size:.82rem;font-weight:400;color:var(--quiet);display:block}
figure{margin:1.75rem 0 0}.chart{margin:.25rem 0}.chart svg{display:block;width:100%;height:auto}.narrow{display:none!important}
@media (max-width:560px){.wide{display:none!important}.narrow{display:block!important}h1{font-size:1.5rem}main{padding-top:1.25rem}}
.t{font-size:12px;fill:var(--text)}.t.quiet{fill:var(--quiet)}.t.small{font-size:10.5px}.t.end{text-anchor:end}.t.middle{text-anchor:middle}.t.strong{font-weight:600}
.bar{fill:var(--bar)}.calm{fill:var(--calm)}.other{fill:var(--other)}.part{fill:url(#part);stroke:var(--bar);stroke-width:1}.grid{stroke:var(--line);stroke-width:1}.base{stroke:var(--quiet);stroke-width:1}.whisker{stroke:var(--text);stroke-width:1.25;fill:none}
.h0{fill:var(--h0)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}.h5{fill:var(--h5)}.k1,.k2,.k3{fill:var(--k)}.k4,.k5{fill:var(--kk)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.85rem;color:var(--quiet);margin:.25rem 0}.legend svg{width:14px;height:12px;vertical-align:-1px;margin-right:.4rem}
details{margin:.4rem 0;font-size:.9rem}summary{cursor:pointer;color:var(--link);padding:.25rem 0;min-height:1.75rem}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem}caption{text-align:left;color:var(--quiet);padding:.2rem 0}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:right;padding-right:0;padding-left:.75rem;white-space:nowrap}th{font-weight:600}
.voices td:first-child,.voices th:first-child{overflow-wrap:anywhere}
blockquote{margin:.5rem 0;padding:.5rem .85rem;background:var(--panel);border-radius:6px;overflow-wrap:anywhere;break-inside:avoid}blockquote p{margin:0;white-space:pre-line}blockquote footer{font-size:.82rem;color:var(--quiet);margin-top:.2rem}
.terms{display:flex;flex-wrap:wrap;gap:.35rem .5rem;padding:0;margin:.4rem 0;list-style:none}.terms li{background:var(--panel);border-radius:4px;padding:.1rem .5rem;font-size:.92rem}
.note{background:var(--panel);border-left:3px solid var(--quiet);padding:.6rem .9rem;margin:1rem 0}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85em;overflow-wrap:anywhere}
@page{size:A4;margin:16mm 15mm 18mm}
@media print{:root{color-scheme:light;--ground:#fff;--panel:#f3f4f6;--text:#111;--quiet:#444;--line:#bbb;--bar:#35508f;--calm:#a9b0bd;--other:#a04f00;--link:#111;--h0:#f4f4f6;--h1:#dde2ee;--h2:#b9c3dc;--h3:#8796bd;--h4:#51649a;--h5:#22356b;--k:#111;--kk:#fff}
body{font-size:10.5pt}main{max-width:none;padding:0}h2{break-after:avoid;margin-top:1.6rem}h3,figcaption{break-after:avoid}figure,.key div,tr{break-inside:avoid}.key{grid-template-columns:repeat(3,1fr)}.wide{display:block!important}.narrow{display:none!important}
details:not([open]),.csv,.findings a{display:none}a{text-decoration:none;color:inherit}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`
