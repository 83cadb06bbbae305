/** Runs in a page, whole: what can be pressed on the plan and is smaller than a fingertip. In JavaScript: only a page has a DOM. */
export const smallMarksHere = () =>
  [...document.querySelectorAll('svg [role=button]')]
    .map((mark) => {
      const area = mark.querySelector('[class*=target]') ?? mark
      return { mark, box: area.getBoundingClientRect() }
    })
    .filter(({ box }) => box.width < 47.5 || box.height < 47.5)
    .map(({ mark, box }) => `${mark.getAttribute('aria-label')} ${box.width} × ${box.height}`)
