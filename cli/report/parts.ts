/** The parts every report page is made of: a section with its note, a drawing with its legend. */
import { html, type Markup } from '#adapters/conformance/report/markup.ts'

export const section = (title: string, note: string, ...parts: readonly (Markup | null)[]): Markup =>
  html`<section><h2>${title}</h2><p class="note">${note}</p>${parts}</section>`

export const legendOf = (entries: readonly (readonly [kind: string, text: string])[]): Markup =>
  html`<ul class="legend">${entries.map(([kind, text]) => html`<li class="${kind}"><i></i>${text}</li>`)}</ul>`

export const figureOf = (drawing: Markup, legend: Markup | null): Markup =>
  html`<figure>${drawing}${legend}</figure>`
