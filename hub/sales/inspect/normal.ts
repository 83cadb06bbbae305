/**
 * Speech as it is compared: what an engine makes of the same words differs in width, case, spaces and punctuation, and
 * people hesitate. Traditional characters stay other characters: a script for speakers whose engine writes them says both.
 */

/** Alone or within a sentence, these say nothing. 额 is not among them: 金额. */
const hesitation = /[嗯呃啊哦噢喔唔呣诶欸]/gu
const besides = /[^\p{L}\p{N}%.]/gu
/** A point is kept in a number only. */
const point = /(?<!\p{N})\.|\.(?!\p{N})/gu

/** @returns what is compared; nothing where nothing was said. */
export const normalise = (said: string): string =>
  said.normalize('NFKC').toLowerCase().replace(hesitation, '').replace(besides, '').replace(point, '')
