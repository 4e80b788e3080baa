/** The widget's looks. A constructed sheet, so that a page's strict Content-Security-Policy is no obstacle. */
const CSS = `
:host{all:initial!important;position:fixed!important;inset:auto 0 0 auto!important;width:0!important;height:0!important;z-index:2147483000!important;
--accent:var(--cornerdesk-accent,#1f5b48);--on-accent:var(--cornerdesk-on-accent,#fff);
--ground:var(--cornerdesk-ground,#fff);--tint:var(--cornerdesk-tint,#f5f4ef);--ink:var(--cornerdesk-ink,#1c2420);
--quiet:var(--cornerdesk-quiet,#5d6862);--line:var(--cornerdesk-line,#e4e2da);--bad:var(--cornerdesk-bad,#a4341f);
--radius:var(--cornerdesk-radius,14px);--font:var(--cornerdesk-font,system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif)}
@media (prefers-color-scheme:dark){:host([theme=auto]){--ground:#171b19;--tint:#222825;--ink:#e9ece8;--quiet:#9fada5;--line:#343c38;--accent:#7cc4a6;--on-accent:#0d1712;--bad:#f2907b}}
*{box-sizing:border-box;margin:0}[hidden]{display:none!important}
.root{font:400 15px/1.5 var(--font);color:var(--ink);text-align:start}
button,textarea,input{font:inherit;color:inherit}
button{cursor:pointer;background:none;border:0;border-radius:8px;padding:0;text-align:start}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round;flex:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
a{color:var(--accent);text-underline-offset:2px;text-decoration-thickness:1px}
h2,h3,h4,strong,.b th{font-weight:650;line-height:1.35}
.launcher,.head,.who,.source,.source a,.more,.helpful,.dots,.note,.pill,.choices,.row{display:flex;align-items:center;gap:8px}
.source,.choices,.row{flex-wrap:wrap}
.round,.who b,.go,.face{display:grid;place-items:center;width:40px;height:40px;border-radius:50%;flex:none}
.head p,.system,.source,.helpful,.dots,.note,.strip p,.foot,.who{font-size:13px;color:var(--quiet)}
.panel,.answer,.strip,.greeting,.box,.strip :is(textarea,input){border:1px solid var(--line);border-radius:var(--radius);background:var(--ground)}
.launcher,.go,.who b,.face,.shopper .b,.strip .main{background:var(--accent);color:var(--on-accent)}
.launcher,.panel,.greeting{position:fixed;inset-inline-end:20px;inset-block-end:20px}
.left :is(.launcher,.panel,.greeting){inset-inline:20px auto}
.panel,.greeting{box-shadow:0 2px 6px #0001,0 18px 50px #0003;animation:rise .16s}
@keyframes rise{from{transform:translateY(8px)}}
.launcher{height:52px;padding:0 20px 0 16px;border-radius:26px;font-weight:600;box-shadow:0 8px 24px #0003}
.badge{min-width:20px;padding:0 6px;border-radius:10px;background:#fff;color:#1c2420;font-size:12px;line-height:20px}
.panel{display:flex;flex-direction:column;width:400px;max-width:calc(100vw - 40px);height:min(680px,calc(100dvh - 40px));overflow:hidden}
.head{padding:12px 12px 12px 16px;border-bottom:1px solid var(--line)}
.head div{flex:1;min-width:0}.face{width:36px;height:36px;margin-inline-end:4px}h2{font-size:16px}
.head p{line-height:1.35;text-wrap:balance}
.round{color:var(--quiet)}.round:hover{background:var(--tint)}
.log{flex:1;position:relative;overflow-y:auto;overscroll-behavior:contain;padding:18px 18px 8px;display:flex;flex-direction:column}
.intro{padding:4px 0 18px;color:var(--quiet)}h3{font-size:21px;letter-spacing:-.01em;margin-bottom:6px;color:var(--ink)}
.m{max-width:88%;margin-top:14px;align-self:flex-start}.m.near{margin-top:4px}
.who{margin-bottom:4px}.who b{width:20px;height:20px;font-size:11px}.near .who,.shopper .who{display:none}
.b{padding:9px 14px;border-radius:var(--radius);background:var(--tint);overflow-wrap:anywhere}
.b *+:is(p,ul,ol,table){margin-top:8px}.b :is(ul,ol){padding-inline-start:20px}.b li+li{margin-top:3px}
.b table{border-collapse:collapse;font-size:13.5px;display:block;overflow-x:auto}
.short{white-space:nowrap}.b tr>:first-child{width:100%}.b :is(th,td){border-bottom:1px solid var(--line);padding:5px 10px 5px 0;text-align:start;vertical-align:top}
.shopper,.foot{align-self:flex-end;text-align:end}.shopper .b{white-space:pre-wrap;text-align:start}.shopper a{color:inherit}
.foot button{text-decoration:underline;padding:4px}.refused .foot{color:var(--bad)}.slow.unsent .b{background:var(--tint);color:var(--ink);outline:1px dashed var(--accent)}
.system{align-self:center;text-align:center}
.answer{max-width:100%;width:100%}.answer .b{background:none;padding:14px 16px 12px}.answer .b+.b{padding-top:0}.answer>p.b{padding-bottom:5px;color:var(--quiet);font-size:13.5px}h4{font-size:15px;margin-bottom:6px}
.source{gap:2px 12px;padding:9px 16px;border-top:1px solid var(--line)}
.source a,.more{padding:3px 0;gap:6px}.source svg,.more svg{width:16px;height:16px}
.more{margin-top:8px;font-size:13.5px;color:var(--accent);font-weight:550}
.helpful{padding:0 8px 8px 16px}
:is(.helpful,.choices,.strip) button,.pill{border:1px solid var(--line);border-radius:18px;background:var(--ground);min-height:34px;padding:4px 14px;font-weight:550;line-height:1.35;font-size:14px}
.helpful [aria-pressed=true],.choices button,:is(.helpful,.strip) button:hover,.pill:hover{color:var(--accent)}
.helpful [aria-pressed=true],:is(.helpful,.choices,.strip) button:hover,.pill:hover{border-color:var(--accent)}
.choices,.row{margin-top:10px}.choices{flex-direction:column;align-items:stretch;gap:6px}.choices button{border-radius:12px;padding:8px 14px;min-height:42px}.choices button:hover{background:var(--tint)}
.choices p,small{color:var(--quiet);font-size:13px}small{display:block;font-weight:400}.facts{overflow-wrap:break-word}.facts tr>*{width:auto!important}.facts th{font-weight:400;color:var(--quiet)}.facts+.passage{margin-top:8px}
.dots{margin-top:12px}
.dots i{display:inline-block;width:6px;height:6px;border-radius:50%;background:currentColor;animation:beat 1.2s infinite}.dots i+i{animation-delay:.2s}
@keyframes beat{40%{opacity:.25}}
.strip{margin:8px 14px 0;padding:12px 14px;background:var(--tint);font-size:14px}
.strip strong{display:block}.strip p{margin-top:3px}
.strip :is(textarea,input){width:100%;margin-top:8px;padding:8px 11px;resize:none}
.strip .main,.strip .main:hover{color:var(--on-accent)}
.stars{display:flex;margin:6px 0 0 -8px}.strip .stars button{border:0;background:none;padding:0;width:44px;text-align:center;font-size:24px;line-height:40px;color:var(--quiet)}.strip .stars .on{color:#a66b00}
.note{margin:8px 14px 0}.note::before{content:"";width:8px;height:8px;border-radius:50%;background:#c98a1b;flex:none}
.base{padding:8px 14px 12px}
.pill{margin-bottom:8px}.pill svg{width:17px;height:17px}
.box{display:flex;align-items:flex-end;border-color:var(--quiet);padding:3px}
.box:focus-within{outline:2px solid var(--accent);outline-offset:-1px}
.box textarea{flex:1;border:0;background:none;resize:none;outline:0;padding:8px 4px 8px 11px;max-height:132px;line-height:24px;field-sizing:content}
::placeholder{color:var(--quiet);opacity:1}
.go{border-radius:10px}.go[disabled]{background:none;color:var(--quiet)}[dir=rtl] .go svg{transform:scaleX(-1)}
.greeting{inset-block-end:84px;max-width:min(290px,100vw - 40px);display:flex}
.say{padding:12px 4px 12px 16px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (max-width:480px){.panel.panel{inset:0;width:auto;max-width:none;height:100dvh;border:0;border-radius:0;animation:none}}
@media (max-height:420px){.head p,.intro p{display:none}}
@media (prefers-reduced-motion:reduce){*{animation:none!important}}
@media (forced-colors:active){.launcher,.b,.go,.face,.main{border:1px solid}.answer .b{border:0}.helpful [aria-pressed=true],.stars .on{outline:2px solid Highlight}}
@media print{:host{display:none!important}}`;

/** @param {ShadowRoot} root */
export function dress(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
}
