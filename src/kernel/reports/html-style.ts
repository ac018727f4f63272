/** How a report looks on screen and on A4 paper. Source: GB/T 9704-2012; lengths are the standard's. */
export const reportStyle = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-right { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif CJK SC", serif } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt SimSun, "Noto Serif CJK SC", serif } @bottom-right { content: none } }
.report-page { margin: 0; background: #e9e9e6 }
.report { box-sizing: border-box; max-width: 210mm; margin: 2rem auto; padding: 37mm 26mm 35mm 28mm; background: #fff; color: #000;
  font: 16pt/28.95pt "Times New Roman", FangSong_GB2312, FangSong, STFangsong, "Noto Serif CJK SC", serif; text-align: justify; overflow-wrap: anywhere }
.report p { margin: 0; text-indent: 2em }
.report h1 { margin: 0 0 28.95pt; font: bold 22pt/28.95pt "Times New Roman", FZXiaoBiaoSong-B05S, SimSun, "Noto Serif CJK SC", serif; text-align: center }
.report h2, .report h3, .report h4, .report h5 { margin: 0; font-size: 16pt; font-weight: normal; text-indent: 2em; break-after: avoid }
.report h2 { font-family: "Times New Roman", SimHei, "Noto Sans CJK SC", sans-serif }
.report h3 { font-family: "Times New Roman", KaiTi_GB2312, KaiTi, STKaiti, "Noto Serif CJK SC", serif }
.report h4 { font-weight: bold }
.report .addressee, .report .marks p { text-indent: 0 }
.report ol { margin: 0; padding: 0; list-style: none; counter-reset: item }
.report ol li { text-indent: 2em; counter-increment: item }
.report ol li::before { content: counter(item) "." }
.report table { width: 100%; margin: 0 0 14pt; border-collapse: collapse; font-size: 14pt; line-height: 20pt; break-inside: auto }
.report thead { display: table-header-group; font-family: "Times New Roman", SimHei, "Noto Sans CJK SC", sans-serif }
.report tr { break-inside: avoid }
.report th, .report td { padding: 3pt 6pt; border: .5pt solid #000; font-weight: normal; text-align: left }
.report thead th { text-align: center }
.report td.number { text-align: right; font-variant-numeric: tabular-nums }
.report figure { margin: 0 0 14pt; text-align: center; break-inside: avoid }
.report figure svg { width: 100%; height: auto }
.report figcaption { font: 14pt/20pt SimHei, "Noto Sans CJK SC", sans-serif }
.report .figure { color: inherit; white-space: nowrap; text-decoration: none }
.report a.figure { border-bottom: 1px dotted #888 }
.report .figure.detached { text-decoration: underline wavy #c00000 }
.report .figure.detached::after { content: "※"; color: #c00000; font-size: .6em; line-height: 0; vertical-align: super }
.report .attachments { display: flex; margin-top: 28.95pt; padding-left: 2em }
.report .attachments span { white-space: nowrap }
.report .attachments li { text-indent: 0 }
.report .attachments li::before { content: counter(item) ". " }
.report .signature { width: fit-content; margin: 57.9pt 4em 0 auto; text-align: center; break-inside: avoid }
.report .signature p { text-indent: 0 }
.report .red-head { position: relative; margin-bottom: 57.9pt; border-bottom: 1.5pt solid #f00; text-align: center }
.report .red-head p { text-indent: 0 }
.report .red-head .marks { position: absolute; top: 0; text-align: left }
.report .organ { padding-top: 35mm; color: #f00; font: bold 40pt/1.3 FZXiaoBiaoSong-B05S, SimSun, "Noto Serif CJK SC", serif }
.report .document-number { padding: 57.9pt 0 4mm }
.report .tail { margin-top: 57.9pt; border-bottom: 1pt solid #000; font-size: 14pt }
.report .tail p { display: flex; justify-content: space-between; padding: 0 1em; border-top: 1pt solid #000; text-indent: 0 }
@media screen and (max-width: 210mm) { .report { margin: 0; padding: 1.5rem 1rem } }
@media print { .report-page { background: none } .report { max-width: none; margin: 0; padding: 0 } .report a.figure { border: 0 } }
`
