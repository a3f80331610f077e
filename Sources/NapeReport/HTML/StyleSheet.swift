/// How the pages look: on paper, on a desk and on a phone.
///
/// Sizes follow the font: `font-size-adjust` gives every font digits as wide as those of Liberation Sans, so that the same
/// text takes the same room whatever is installed.
enum StyleSheet {
  static let text: StaticString = """

    :root{--ink:#17191c;--mid:#4d5359;--rule:#c9cdd1;--hair:#e3e5e8;--acc:#9c2f1b;color-scheme:light}
    *{box-sizing:border-box}
    html{background:#eceef0;-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;color:var(--ink);font:10pt/1.34 system-ui,"Noto Sans","Liberation Sans",sans-serif;
     font-size-adjust:ch-width .556;font-variant-numeric:tabular-nums lining-nums;hyphens:manual}
    .page{background:#fff;width:190mm;margin:8mm auto;padding:12mm 14mm;box-sizing:content-box;
     box-shadow:0 1px 6px #0002;display:flex;flex-direction:column;gap:3mm}
    h1,h2,h3,p,table,figure,dl,dd,ul,ol{margin:0;padding:0}
    h1{font-size:16pt;line-height:1.15;font-weight:700;letter-spacing:-.005em}
    h2{font-size:10.5pt;line-height:1.2;font-weight:700;border-top:.6pt solid var(--ink);padding-top:.9mm;
     margin-bottom:.8mm;display:flex;justify-content:space-between;align-items:baseline;gap:3mm}
    h2 small,.sm,figcaption,caption,footer{font-size:8.5pt;line-height:1.3;font-weight:400;color:var(--mid)}
    h2 span{white-space:nowrap}
    h2 small{text-align:right}
    h3{font-size:9pt;line-height:1.3;font-weight:700}
    b,strong{font-weight:700}
    abbr{text-decoration:none}
    bdi,dd{overflow-wrap:anywhere}
    section{break-inside:avoid}
    .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .row{display:grid;gap:0 8mm}
    .row>*,.cols>*,.head>*{min-width:0}
    .first{grid-template-columns:62mm minmax(114mm,1fr);column-gap:6mm;align-items:start}
    .when{grid-template-columns:70mm 1fr;column-gap:7mm}
    .half{grid-template-columns:1fr 1fr}
    .how{grid-template-columns:1fr 86mm;column-gap:5mm}
    .wide{grid-template-columns:1fr 106mm;column-gap:5mm}
    table{border-collapse:collapse;width:100%;font-size:8.5pt;line-height:1.26}
    th{font-weight:400;text-align:left}
    th,td{padding:.16mm 0;vertical-align:baseline}
    thead th{font-size:8.5pt;color:var(--mid);border-bottom:.5pt solid var(--rule)}
    .r,th.r{text-align:right}
    .mu{color:var(--mid)}
    .ink{color:var(--ink)}
    .pk{color:var(--acc)}

    .head{display:grid;grid-template-columns:1fr 76mm;gap:0 6mm;align-items:end}
    .head .who{margin-top:.4mm}
    .head .full{grid-column:1/3;margin-top:.6mm}
    .rec{display:flex;gap:5mm;justify-content:flex-end}
    .rec div{border-left:.6pt solid var(--ink);padding-left:2mm}
    .rec b{display:block;font-size:12.5pt;line-height:1.1;white-space:nowrap}
    .rec span{display:block;font-size:8.5pt;line-height:1.25;color:var(--mid)}

    .figs th,.figs td{white-space:nowrap}
    .figs th{padding-right:2mm}
    .nums td,.nums th{padding:.12mm 0;white-space:nowrap}
    .nums tbody td:nth-child(3){white-space:normal}
    .nums tbody tr+tr>*{border-top:.4pt solid var(--hair)}
    .nums td,.nums thead th{font-size:8.5pt}
    .nums .v{font-size:11.5pt;line-height:1.05;font-weight:700;text-align:right;padding:0 1.6mm 0 1mm}
    .nums thead td{border-bottom:.5pt solid var(--rule)}
    .nums thead th:nth-child(2){padding-left:4.5mm}
    .nums td.mu{padding-left:2mm}
    .nums td.mu,.nums thead th:nth-child(3){text-align:right}
    .med{margin-top:1.2mm}
    .med thead th{white-space:nowrap}
    .med td,.med th+th{padding-left:2mm}
    .med th{white-space:nowrap}
    .med.many td,.med.many th{font-size:8pt}
    .med.many td,.med.many th+th{padding-left:.9mm}
    .med.many thead th{font-size:7.5pt}
    .say{font-size:8.5pt;line-height:1.27}

    table.cal{table-layout:fixed;font-size:8.5pt;line-height:1.2}
    .cal th.wk{width:0;padding:0;border:0}
    .cal thead th{text-align:center;padding-bottom:.5mm;border:0}
    .cal thead th.deskh{text-align:left;width:40mm;padding-left:3mm}
    .cal td{position:relative;height:11.9mm;border:.5pt solid #9aa0a6;padding:.5mm 1mm;vertical-align:top;overflow:hidden}
    .cal td.e{border:0}
    .cal td.deskc{border:0;padding:0 0 0 3mm;line-height:1.24;vertical-align:middle;white-space:nowrap}
    .cal td.deskc span{display:block}
    .cal .d{display:block;line-height:1.15;color:var(--mid);position:relative}
    .cal .h .d{color:var(--ink)}
    .cal .l{display:block;line-height:4.8mm;height:4.8mm;white-space:nowrap}
    .cal .p{font-size:17pt;font-weight:700;color:var(--acc);margin-right:1.6mm;vertical-align:-.3mm}
    .cal .p.w{font-size:12.5pt;margin-right:1mm}
    .cal .s{font-size:10.5pt;font-weight:700}
    .cal .t{display:block;line-height:3.1mm;white-space:nowrap}
    .cal .dot{display:block;text-align:center;line-height:4mm}
    .cal .dot svg{width:3.4mm;height:3.4mm}
    .cal .u .d{display:inline-block;background:#fff;padding:0 .8mm 0 0}
    .hatch{position:absolute;left:0;top:0;width:100%;height:100%}
    .cal .corner{position:absolute;right:0;top:0;width:3.6mm;height:3.6mm}
    .key{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 3mm;margin-top:.9mm}
    .key span{white-space:nowrap}
    .key svg{width:3mm;height:3mm;vertical-align:-.4mm;margin-right:1mm}
    .key svg.bit{width:6mm}

    svg.fig{display:block;width:100%;height:auto;overflow:visible}
    svg text{font-family:inherit}
    figcaption{margin-top:.6mm}
    .scroll{overflow-x:auto}

    .feat{font-size:8.5pt;line-height:1.17}
    .feat th,.feat td{padding:.13mm 0}
    .feat tbody th{white-space:nowrap}
    .feat tr.g>*{border-top:.4pt solid var(--rule)}
    .fk svg{margin-right:.8mm}
    .fk span+span{margin-left:2mm}
    .feat thead th{border-bottom:.5pt solid var(--rule);line-height:1.05;vertical-align:bottom}
    .feat thead th:not(.fh):not(.c){text-align:center;width:5.6mm;color:var(--ink)}
    .feat.tight thead th:not(.fh):not(.c){width:4.9mm;font-size:7.5pt}
    .feat i{display:block;font-style:normal;color:var(--mid)}
    .feat td{text-align:center}
    .feat .c{text-align:right;width:17mm;white-space:nowrap;padding-left:1mm}
    .feat td.sd{font-weight:700}
    .feat .bar{width:38mm;padding-left:2mm}
    .bars{width:36mm;height:3.1mm;vertical-align:-.5mm}
    .m{width:2.5mm;height:2.5mm;vertical-align:-.1mm}
    .c .m{margin:0 .3mm 0 .6mm}

    .words{display:grid;grid-template-columns:1fr 1fr;gap:.8mm 6mm;font-size:8.5pt;line-height:1.24}
    .words dt,.words dd{display:inline}
    .words dt{color:var(--mid)}
    .words .ask{font-weight:700}
    .words .wide{grid-column:1/3}
    footer{border-top:.5pt solid var(--rule);padding-top:.8mm;line-height:1.22;font-size:8pt}
    footer .no{white-space:nowrap;float:right;padding-left:4mm}

    .top>h2{border:0;padding-top:0}
    .top>h2 span{font-size:12.5pt}
    .defs{font-size:8pt;line-height:1.22}
    .defs div{margin-bottom:.3mm}
    .defs dt{display:inline;white-space:nowrap;font-weight:700}
    .defs dd{display:inline}
    .set{font-size:8pt;line-height:1.22}
    .set h3,.set p{display:inline;line-height:1.22}
    .box{border:.6pt solid var(--ink);padding:.8mm 2mm}
    .box p{font-size:8pt;line-height:1.22}
    .box h2{border:0;padding:0}
    .warn{font-size:7.6pt;line-height:1.16}
    .warn .cols{display:grid;grid-template-columns:1.2fr 1.1fr .8fr;gap:0 4mm}
    .warn p,.warn .level .level{margin-bottom:.8mm}
    .warn ul{list-style:none}
    .warn li{padding-left:2.2mm;text-indent:-2.2mm}
    .warn li::before{content:"–";display:inline-block;width:2.2mm;text-indent:0}
    .warn h3{border-bottom:.5pt solid var(--rule);margin-bottom:.5mm}

    @media screen and (max-width:820px){
     html{background:#fff}
     body{font-size:16px}
     .page{width:auto;margin:0;padding:16px 16px 24px;box-shadow:none;gap:22px}
     .page+.page{border-top:6px solid #eceef0}
     .head,.row,.warn .cols{grid-template-columns:minmax(0,1fr)}
     .head .full,.words .wide{grid-column:auto}
     .head .who{font-size:15px}
     h1{font-size:23px}
     h2{font-size:18px;margin:0 0 6px;padding-top:6px;flex-direction:column;gap:0}
     h2 small{text-align:left}
     h2 small,.sm,figcaption,caption,footer,.defs,.warn{font-size:14px}
     h3{font-size:15px;margin-top:10px}
     .row{gap:22px}
     .rec{margin-top:12px;gap:18px;flex-wrap:wrap}
     .rec b{font-size:20px}
     .rec span{font-size:13px}
     table,.feat{font-size:14px}
     thead th{font-size:13px}
     th,td,.feat th,.feat td{padding:3px 0}
     .nums .v{font-size:17px}
     .nums td,.nums th{white-space:normal;font-size:14px;vertical-align:top}
     .nums td.v{white-space:nowrap}
     .nums td.mu{padding-left:10px}
     h2 span{white-space:normal}
     .med th,.med td,.med.many td,.med.many th{font-size:14px}
     .med.many td,.med.many thead th{font-size:12px}
     .set,.box p{font-size:14px}
     .feat thead th:not(.fh):not(.c),.feat.tight thead th:not(.fh):not(.c){width:21px;font-size:12px}
     .feat thead i{font-size:10.5px}
     .feat .c{width:60px;padding-left:4px}
     .feat tbody th{white-space:normal}
     .feat th,.feat td{font-size:14px}
     .feat .bar{width:88px}
     .bars{width:84px;height:10px}
     .m{width:10px;height:10px}
     .fk span{margin:0 10px 0 0!important}
     td.r,th.r{padding-left:10px}
     .say,.words{font-size:16px}
     .key{justify-content:flex-start;gap:2px 14px;margin-top:4px}
     .key span{white-space:normal}
     .key svg{width:12px;height:12px;vertical-align:-1px}
     .key svg.bit{width:24px}
     footer .no{float:none;display:block;padding:0}
     .words{grid-template-columns:minmax(0,1fr);gap:8px}
     table.cal,.cal thead,.cal tbody{display:block}
     .cal tr{display:grid;grid-template-columns:repeat(7,minmax(0,1fr));font-size:12px}
     .cal th.wk,.cal thead th.deskh{display:none}
     .cal td{height:auto;min-height:58px;margin:0 -1px -1px 0;padding:2px}
     .cal td.deskc{grid-column:1/-1;min-height:0;padding:4px 0 12px;white-space:normal;font-size:13px;line-height:1.4}
     .cal td.deskc span{display:inline}
     .cal td.deskc span+span::before{content:" · "}
     .cal .l{line-height:24px;height:24px}
     .cal .p{font-size:22px;margin-right:4px}
     .cal .p.w{font-size:12px;margin-right:1px}
     .cal .s{font-size:12px}
     .cal .s.w{font-size:9px}
     .cal .l:has(.s.w) .p{font-size:17px;margin-right:1px}
     .cal .t{font-size:10.5px;line-height:14px;white-space:normal;overflow-wrap:anywhere}
     .cal .t span+span{display:none}
     .cal .t:has(span+span)::after{content:"+"}
     .cal .dot svg{width:12px;height:12px}
     .scroll{margin:0 -16px;padding:0 16px 6px}
     .scroll .strip{width:700px}
     .ons{max-width:420px}
     .warn li{margin-bottom:3px;padding-left:14px;text-indent:-14px}
     .warn li::before{width:14px}
     .figs th{white-space:normal}
    }
    @media print{
     @page{margin:7mm 13mm}
     html{background:none}
     body{-webkit-print-color-adjust:exact;print-color-adjust:exact}
     .page{width:auto;margin:0;padding:0;box-shadow:none;gap:0;min-height:calc(100vh - 1mm);
      justify-content:space-between;break-after:page;break-inside:avoid}
     .page:last-of-type{break-after:auto}
     .more{justify-content:flex-start;gap:6mm}
     .more footer{margin-top:auto}
     .scroll{overflow:visible}
     .defs div{display:inline}
    }

    """
}
