/** What a page on a screen may be made of: words, styles within it, and pictures within it. Everything else is not in the list. */

export const elementsAllowed: ReadonlySet<string> = new Set(
  `html head title meta style body header footer main section article aside nav address hgroup
   h1 h2 h3 h4 h5 h6 p div span br hr wbr pre blockquote q ul ol li dl dt dd figure figcaption img
   table caption colgroup col thead tbody tfoot tr th td
   a strong em b i u s small sub sup mark code kbd samp var time data abbr cite dfn del ins bdi bdo ruby rt rp
   center font big`.split(/\s+/),
)

export const attributesAllowed: ReadonlySet<string> = new Set(
  `id class style lang dir title alt width height src href charset name content media type role hidden
   colspan rowspan span scope headers abbr align valign start reversed value datetime cite
   color face size bgcolor border cellpadding cellspacing translate`.split(/\s+/),
)

/** Of `meta`: what else there is makes a browser load, reload or permit something. */
export const metaAllowed: ReadonlySet<string> = new Set(['viewport', 'description', 'author', 'generator'])

/** Wherever they stand, comments among them: no reading of a page may find one. */
export const neverAnywhere: readonly (readonly [pattern: RegExp, found: string])[] = [
  [/<\/?script/i, '<script>'],
  [/<(iframe|frame|frameset|object|embed|applet|portal|base|form|link|svg|math|template)\b/i, ''],
  [/javascript\s*:/i, 'javascript:'],
  [/vbscript\s*:/i, 'vbscript:'],
  [/data\s*:\s*text\/html/i, 'data:text/html'],
]

/** A picture within the page itself. */
export const pictureWithin = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]*$/i

/** Of styles, after comments and escapes are taken out of them. */
export const styleRefused: readonly (readonly [pattern: RegExp, found: string])[] = [
  [/@import/i, '@import'],
  [/@namespace/i, '@namespace'],
  [/expression\s*\(/i, 'expression()'],
  [/-moz-binding/i, '-moz-binding'],
  [/behavior\s*:/i, 'behavior'],
  [/image-set\s*\(\s*["']/i, 'image-set()'],
  [/url\s*\((?!\s*["']?data:image\/(?:png|jpeg|gif|webp)[;,])/i, 'url()'],
]
