/** The widget's looks. A constructed sheet, so that a page's strict Content-Security-Policy is no obstacle. */
const CSS = `
:host{all:initial!important;position:fixed!important;inset:auto 0 0 auto!important;width:0!important;height:0!important;
z-index:2147483000!important;
--accent:var(--cornerdesk-accent,#1f5b48);--on-accent:var(--cornerdesk-on-accent,#fff);
--ground:var(--cornerdesk-ground,#fff);--tint:var(--cornerdesk-tint,#f5f4ef);--ink:var(--cornerdesk-ink,#1c2420);
--quiet:var(--cornerdesk-quiet,#5d6862);--line:var(--cornerdesk-line,#e4e2da);--bad:var(--cornerdesk-bad,#a4341f);
--radius:var(--cornerdesk-radius,14px);
--font:var(--cornerdesk-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif)}
@media (prefers-color-scheme:dark){:host([theme=auto]){--ground:#171b19;--tint:#222825;--ink:#e9ece8;--quiet:#9fada5;
--line:#343c38;--accent:#7cc4a6;--on-accent:#0d1712;--bad:#f2907b}}
*{box-sizing:border-box;margin:0}[hidden]{display:none!important}
.root{font:400 15px/1.5 var(--font);color:var(--ink);-webkit-font-smoothing:antialiased;text-align:start}
button,textarea,input{font:inherit;color:inherit;letter-spacing:inherit}
button{cursor:pointer;background:none;border:0;border-radius:8px;padding:0}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round;flex:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
a{color:var(--accent);text-underline-offset:2px;text-decoration-thickness:1px}
.launcher,.panel,.greeting{position:fixed;inset-inline-end:20px;inset-block-end:20px}
.left .launcher,.left .panel,.left .greeting{inset-inline:20px auto}
.launcher{display:flex;align-items:center;gap:9px;height:52px;padding:0 20px 0 16px;border-radius:26px;font-weight:600;
background:var(--accent);color:var(--on-accent);box-shadow:0 1px 2px #0003,0 8px 24px #0002}
.launcher:hover{filter:brightness(1.08)}.launcher:focus-visible{outline-offset:3px}
.launcher svg{width:22px;height:22px}
.badge{min-width:20px;height:20px;padding:0 6px;border-radius:10px;background:#fff;color:#1c2420;font-size:12px;line-height:20px}
.panel{display:flex;flex-direction:column;width:400px;max-width:calc(100vw - 40px);height:min(680px,calc(100dvh - 40px));
background:var(--ground);border:1px solid var(--line);border-radius:calc(var(--radius) + 4px);overflow:hidden;
box-shadow:0 2px 6px #00000014,0 18px 50px #00000029;animation:rise .16s ease-out}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}
header{display:flex;align-items:center;gap:12px;padding:14px 12px 13px 18px;border-bottom:1px solid var(--line)}
header div{flex:1;min-width:0}h2{font-size:16px;line-height:1.3;font-weight:650}
header p{font-size:13px;color:var(--quiet);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.round{display:grid;place-items:center;width:40px;height:40px;border-radius:50%;color:var(--quiet);flex:none}
.round:hover{background:var(--tint);color:var(--ink)}
.log{flex:1;position:relative;overflow-y:auto;overscroll-behavior:contain;padding:18px 18px 8px;display:flex;flex-direction:column}
.intro{padding:4px 0 18px}.intro h3{font-size:21px;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin-bottom:6px}
.intro p{color:var(--quiet);font-size:14px}.intro p+p{margin-top:8px}
.m{max-width:88%;margin-top:14px;align-self:flex-start}.m.near{margin-top:4px}
.who{display:flex;align-items:center;gap:7px;font-size:12.5px;color:var(--quiet);margin-bottom:4px}
.who b{display:grid;place-items:center;width:20px;height:20px;border-radius:50%;background:var(--accent);color:var(--on-accent);font-size:11px;font-weight:650}
.near .who{display:none}
.b{padding:9px 14px;border-radius:var(--radius);background:var(--tint);overflow-wrap:anywhere}
.b p+p,.b ul,.b ol,.b table,.b p+a{margin-top:8px}.b ul,.b ol{padding-inline-start:20px}.b li+li{margin-top:3px}
.b code{font:.92em ui-monospace,monospace}.b table{border-collapse:collapse;width:100%;font-size:13.5px;display:block;overflow-x:auto}
.b th,.b td{border-bottom:1px solid var(--line);padding:5px 10px 5px 0;text-align:start;vertical-align:top}.b th{font-weight:600}
.b :is(ul,ol,table,p):first-child{margin-top:0}
.shopper{align-self:flex-end}.shopper .b{background:var(--accent);color:var(--on-accent);white-space:pre-wrap}
.shopper .b a{color:inherit}.shopper .who{display:none}
.foot{font-size:12px;color:var(--quiet);margin-top:3px;text-align:end}.foot button{text-decoration:underline;padding:4px}.refused .foot{color:var(--bad)}
.unsent .b{opacity:.62}
.system{align-self:center;text-align:center;font-size:13px;color:var(--quiet);max-width:92%}
.answer{max-width:100%;width:100%;border:1px solid var(--line);border-radius:var(--radius)}
.answer .b{background:none;padding:14px 16px 12px}.answer h4{font-size:15px;font-weight:650;line-height:1.35;margin-bottom:6px}
.source{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:center;padding:9px 16px;border-top:1px solid var(--line);font-size:13px;color:var(--quiet)}
.source a{display:inline-flex;gap:6px;align-items:center;padding:3px 0}.source svg,.more svg{width:16px;height:16px}
.more{display:inline-flex;gap:5px;align-items:center;margin-top:8px;font-size:13.5px;color:var(--accent);font-weight:550;padding:3px 0}
.more[aria-expanded=true] svg{transform:rotate(180deg)}
.helpful{display:flex;gap:8px;align-items:center;padding:0 8px 8px 16px;font-size:13px;color:var(--quiet);min-height:42px}
.helpful button,.choices button,.strip button,.pill{border:1px solid var(--line);border-radius:18px;background:var(--ground);min-height:34px;padding:5px 14px;font-weight:550;line-height:1.35}
.helpful button{min-height:30px;padding:2px 13px}.helpful [aria-pressed=true]{border-color:var(--accent);color:var(--accent)}
:is(.helpful,.choices,.strip) button:hover,.pill:hover{border-color:var(--accent);color:var(--accent)}
.choices{display:flex;flex-wrap:wrap;gap:8px;margin-top:10px;align-self:flex-start}.choices button{text-align:start}
.choices button{color:var(--accent)}
.dots{align-self:flex-start;margin-top:12px;font-size:13px;color:var(--quiet);display:flex;gap:8px;align-items:center}
.dots i{width:6px;height:6px;border-radius:50%;background:currentColor;animation:beat 1.2s infinite}.dots i+i{animation-delay:.15s;margin-inline-start:-4px}.dots i+i+i{animation-delay:.3s}
@keyframes beat{40%{opacity:.25}}
.strip{margin:8px 14px 0;padding:12px 14px;border:1px solid var(--line);border-radius:var(--radius);background:var(--tint);font-size:14px}
.strip strong{font-weight:650;display:block}.strip p{color:var(--quiet);font-size:13px;margin-top:3px}.strip .row{display:flex;flex-wrap:wrap;gap:8px;margin-top:10px;align-items:center}
.strip :is(textarea,input){width:100%;margin-top:8px;border:1px solid var(--line);border-radius:9px;background:var(--ground);padding:8px 11px;resize:none}
.strip .main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}.strip .main:hover{color:var(--on-accent)}
.stars{display:flex;gap:2px;margin:6px 0 0 -8px}.strip .stars button{border:0;background:none;padding:0;width:40px;min-height:40px;font-size:24px;line-height:40px;color:var(--quiet)}.strip .stars .on{color:#b0760f}
.note{margin:8px 14px 0;font-size:13px;color:var(--quiet);display:flex;gap:8px;align-items:center}.note::before{content:"";width:8px;height:8px;border-radius:50%;background:#c98a1b;flex:none}
footer{padding:8px 14px 12px}
.tools{display:flex;align-items:center;gap:8px;padding-bottom:8px}
.pill{display:inline-flex;align-items:center;gap:7px;font-size:13.5px;color:var(--ink)}.pill svg{width:17px;height:17px}
.box{display:flex;align-items:flex-end;border:1px solid var(--quiet);border-radius:var(--radius);padding:3px}
.box:focus-within{outline:2px solid var(--accent);outline-offset:-1px;border-color:var(--accent)}
.box textarea{flex:1;border:0;background:none;resize:none;outline:0;padding:8px 4px 8px 11px;min-height:40px;max-height:132px;line-height:24px;field-sizing:content}
.box ::placeholder{color:var(--quiet);opacity:1}
.go{display:grid;place-items:center;width:40px;height:40px;border-radius:10px;background:var(--accent);color:var(--on-accent);flex:none}
.go[disabled]{background:none;color:var(--quiet);cursor:default}[dir=rtl] .go svg{transform:scaleX(-1)}
.greeting{inset-block-end:84px;max-width:290px;background:var(--ground);border:1px solid var(--line);border-radius:var(--radius);box-shadow:0 8px 28px #0002;display:flex;align-items:flex-start;font-size:14.5px;animation:rise .2s}
.greeting .say{padding:12px 4px 12px 16px;text-align:start}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){.panel,.left .panel{inset:0;width:auto;max-width:none;height:100dvh;border:0;border-radius:0;animation:none}.opened .launcher{display:none}}
@media (max-height:420px){header p,.intro p{display:none}.log{padding-top:8px}}
@media (prefers-reduced-motion:reduce){*{animation:none!important}}
@media (forced-colors:active){.launcher,.b,.go{border:1px solid}}
@media print{:host{display:none!important}}`;

/** @param {ShadowRoot} root */
export function dress(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
}
