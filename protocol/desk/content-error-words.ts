/** What the desk answers about content: status by code, and the words for who edits. */

export const contentStatus = {
  'content.unknown': 404,
  'content.no-file': 404,
  'content.type': 415,
  'content.svg': 415,
  'content.broken': 422,
  'content.too-large': 413,
  'content.dimensions': 422,
  'content.page': 422,
  'content.quota': 507,
  'content.empty': 422,
  'content.title': 422,
  'content.own': 403,
  'content.others': 403,
  'content.judged': 409,
  'content.not-approved': 409,
  'content.expired': 422,
  'content.product-code': 422,
  'content.too-many': 422,
  'content.dates': 422,
  'playlist.unknown': 404,
  'campaign.of-file': 409,
} as const

export const contentChinese: Readonly<Record<keyof typeof contentStatus, string>> = {
  'content.unknown': '内容库中没有该内容、版本或文件，请刷新后再看。',
  'content.no-file': '内容库中没有该文件，请先上传。未被使用的文件只保留一天。',
  'content.type':
    '屏幕无法显示此文件。请使用 JPEG、PNG、WebP、GIF 图片，MP4（H.264、H.265、VP9、AV1）或 WebM 视频，或 HTML 页面。以文件内容为准，与文件名无关。',
  'content.svg': '不支持 SVG：其中可能带有程序或引用外部文件。请导出为 PNG 后再上传。',
  'content.broken': '文件已损坏或不完整。请在电脑上打开确认，重新导出或复制后再上传。',
  'content.too-large': '文件超出大小上限。请降低视频码率，或缩小图片尺寸后再上传。',
  'content.dimensions': '图片或视频的像素过多。请缩小：每边最多 8192 像素，总计最多 4000 万像素。',
  'content.page': '页面中含有不允许的内容。请删除提示中的部分：只允许文字、页面内样式和内嵌图片（data:）。',
  'content.quota': '内容库空间已满。请联系管理员扩大上限；未被使用的文件一天后自动清除。',
  'content.empty': '没有可显示的内容。请上传文件、选择模板或填写文字。',
  'content.title': '新内容需要标题。',
  'content.own': '不能审核自己提交的版本。请由另一位同事通过或拒绝，您可以撤回。',
  'content.others': '只有提交人可以撤回。如不同意，请选择拒绝。',
  'content.judged': '该版本已不再等待审核。如仍需要，请重新提交。',
  'content.not-approved': '该版本未经审核通过，不能启用。',
  'content.expired': '已超过有效期。请提交有效期更晚的新版本并审核。',
  'content.product-code': '营销活动使用了该内容，但未填写产品代码。请提交带产品代码的新版本并审核。',
  'content.too-many': '超出内容库或屏幕的容量。请缩短播放列表，或撤下部分内容。',
  'content.dates': '结束日期早于开始日期，请修改。',
  'playlist.unknown': '没有该播放列表，可能已被删除，请刷新。',
  'campaign.of-file': '该名称的活动已在网点文件中。请换一个名称，或在网点文件中修改。',
}

/** Who reads it stands before a page, and cannot change settings. */
export const contentEnglish: Readonly<Partial<Record<keyof typeof contentStatus, string>>> = {
  'content.quota':
    'The content library is full. An administrator can make it larger; files that nothing uses are removed after a day.',
}
