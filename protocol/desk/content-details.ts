/** What exactly is wrong with what was brought to the content library, for whoever reads it in another language. */
export const contentDetailWords = {
  'file-most': { zh: '一个文件最多 {most} MiB。', en: 'A file has at most {most} MiB.' },
  'picture-most': { zh: '一张图片最多 {most} MiB。', en: 'A picture has at most {most} MiB.' },
  'page-most': { zh: '一个页面最多 {most} KiB。', en: 'A page has at most {most} KiB.' },
  'video-longest': { zh: '视频最长 {most} 小时。', en: 'A video is at most {most} hours long.' },
  pixels: { zh: '该文件为 {width} × {height} 像素。', en: 'It is {width} by {height} pixels.' },
  found: { zh: '发现：{found}', en: 'Found: {found}' },
  'video-coding': {
    zh: '视频编码为“{coding}”，浏览器无法播放。',
    en: 'Its video is coded as "{coding}", which browsers do not play.',
  },
  'sound-only': { zh: '文件中只有声音，没有视频。', en: 'It contains sound, and no video.' },
  matroska: { zh: '文件为 Matroska 格式，不是 WebM。', en: 'It is Matroska and not WebM.' },
  'items-most': { zh: '内容库最多 {most} 项内容。', en: 'At most {most} items.' },
  'playlists-most': { zh: '播放列表最多 {most} 个。', en: 'At most {most} playlists.' },
  'campaigns-most': { zh: '营销活动最多 {most} 个。', en: 'At most {most} campaigns.' },
  'zone-overfull': {
    zh: '区域“{zone}”的屏幕超出容量：最多 {entries} 项，共 {bytes} 字节。',
    en: 'Screens in {zone} would get more than fits into one message ({entries} entries or {bytes} bytes).',
  },
  'screens-overfull': {
    zh: '未划分区域的屏幕超出容量：最多 {entries} 项，共 {bytes} 字节。',
    en: 'Screens without a zone would get more than fits into one message ({entries} entries or {bytes} bytes).',
  },
  'shown-by': { zh: '相关营销活动：{names}', en: 'Shown by {names}.' },
} as const satisfies Record<string, Readonly<Record<'zh' | 'en', string>>>
