/** What is heard in real sentences, and what holds for all that can be said. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { SaidLine } from '#hub/sales/inspect/lines.ts'
import { normalise } from '#hub/sales/inspect/normal.ts'
import { Script } from '#protocol/recording/script.ts'
import { fundScript } from './sales-lab.ts'
import { foundIn, heardIn, inspectorFor, lineMs, linesOf, listen, type Said, script } from './speech.ts'

const opening: readonly Said[] = [
  ['s', '您好，我是本行的理财经理王莉。'],
  ['s', '本产品不保证本金和收益。'],
]
const question: Said = ['s', '请问您是否愿意购买？']

describe('text as it is compared', () => {
  test.each([
    ['不保证本金', ' 不 保证，本金。 '],
    ['不保证本金', '不保证　本金！'],
    ['不保证本金', '不保证嗯……本金'],
    ['r2级', 'Ｒ２ 级'],
    ['4.5%', '4.5％'],
    ['年化4.5%以内', '年化 4.5 %，以内'],
    ['fundplus', 'Fund-Plus.'],
    ['金额', '金额'],
  ])('%s is %s', (normal, said) => expect(normalise(said)).toBe(normal))

  test.each([
    ['4.5%', '45%'],
    ['5', '5%'],
    ['保本', '保夲'],
    // Said in docs/operations/sales.md: traditional characters are other characters.
    ['风险', '風險'],
  ])('%s is not %s', (one, other) => expect(normalise(one)).not.toBe(normalise(other)))
})

describe('what is heard', () => {
  test.each<[string, readonly Said[], string]>([
    ['everything at its turn', [...opening, question, ['c', '我愿意。']], 'who risk ask yes'],
    ['parts in any order', [['s', '理财经理，王莉，就是我。我是来介绍的。']], 'who'],
    [
      'a phrase that the engine cut in two',
      [opening[0] as Said, ['s', '本产品不保'], ['s', '证本金']],
      'who risk',
    ],
    [
      'a customer who says that they listen',
      [
        ['s', '我是王莉'],
        ['c', '嗯，好'],
        ['s', '本行的理财经理'],
      ],
      'who',
    ],
    [
      'a customer who comes in between',
      [
        ['s', '我是王莉'],
        ['c', '等一下我接个电话'],
        ['s', '本行的理财经理'],
      ],
      '',
    ],
    ['one part alone', [['s', '我是王莉']], ''],
    ['what the customer says of it', [['c', '你是理财经理，我是客户']], ''],
    ['the other wording', [opening[0] as Said, ['s', '您可能亏损部分本金']], 'who risk'],
    ['hesitation', [opening[0] as Said, ['s', '本产品，呃，不保证，嗯，本金']], 'who risk'],
    ['an answer without a question', [...opening, ['c', '我愿意']], 'who risk'],
    ['an answer before its question', [...opening, ['c', '我愿意'], question], 'who risk ask'],
    ['a no', [...opening, question, ['c', '我不愿意']], 'who risk ask'],
    [
      'a no that becomes a yes',
      [...opening, question, ['c', '不同意'], question, ['c', '好吧，同意']],
      'who risk ask yes',
    ],
    ['a yes that becomes a no', [...opening, question, ['c', '同意'], ['c', '还是不同意']], 'who risk ask'],
    ['the seller who answers for the customer', [...opening, question, ['s', '您愿意的']], 'who risk ask'],
  ])('%s', (_, said, heard) => expect(heardIn(said).join(' ')).toBe(heard))

  it('takes no answer that comes long after its question', () => {
    const late = (ms: number) => {
      const lines = linesOf([...opening, question, ['c', '愿意']])
      const last = lines.at(-1) as SaidLine
      return [
        ...listen([...lines.slice(0, -1), { ...last, at: 3 * lineMs + ms }])
          .verdict()
          .heard.keys(),
      ]
    }
    expect(late(120_000)).toContain('yes')
    expect(late(120_001)).not.toContain('yes')
  })

  it('puts parts together that are a minute apart at most', () => {
    const apart = (ms: number) => {
      const [first, second] = linesOf([
        ['s', '我是王莉'],
        ['s', '理财经理'],
      ]) as [SaidLine, SaidLine]
      return [
        ...listen([first, { ...second, at: first.at + ms }])
          .verdict()
          .heard.keys(),
      ]
    }
    expect(apart(60_000)).toEqual(['who'])
    expect(apart(60_001)).toEqual([])
  })
})

describe('what is found', () => {
  test.each<[string, readonly Said[], string]>([
    ['保本 said', [['s', '这款产品是保本的']], 'forbidden guaranteed'],
    ['零风险 in spaces', [['s', '零 风 险，您放心']], 'forbidden guaranteed'],
    [
      'cut in two',
      [
        ['s', '绝对零风'],
        ['s', '险'],
      ],
      'forbidden guaranteed',
    ],
    ['不保本 is right', [['s', '这款产品不保本']], ''],
    ['非保本 is right', [['s', '非保本浮动收益']], ''],
    [
      '不保本, cut after 不',
      [
        ['s', '这款产品不'],
        ['s', '保本'],
      ],
      '',
    ],
    ['right and then wrong', [['s', '合同写不保本，其实就是保本']], 'forbidden guaranteed'],
    ['what the customer asks', [['c', '这个保本吗']], ''],
    [
      'twice',
      [
        ['s', '保本'],
        ['c', '真的吗我不太懂'],
        ['s', '保本'],
      ],
      'forbidden guaranteed, forbidden guaranteed',
    ],
    ['before its turn', [question], 'out-of-order ask'],
    ['before its turn, twice', [question, question], 'out-of-order ask'],
    ['before its turn, and then at it', [question, ...opening, question], ''],
    ['a no', [...opening, question, ['c', '不愿意']], 'declined yes'],
    ['a no to something else', [...opening, ['c', '我不同意你的看法']], ''],
  ])('%s', (_, said, found) => expect(foundIn(said).join(', ')).toBe(found))

  it('finds nothing in the order where the script has none', () => {
    const free = Script.parse({ ...fundScript, ordered: false })
    expect(foundIn([question, ...opening], free)).toEqual([])
    expect(heardIn([question, ...opening], free)).toEqual(['ask', 'who', 'risk'])
  })

  it('takes back what a late line puts right', () => {
    const lines = linesOf([...opening, question])
    const [who, risk, ask] = lines as [SaidLine, SaidLine, SaidLine]
    const inspector = listen([who, ask])
    expect(inspector.verdict().found).toMatchObject([{ code: 'out-of-order', about: 'ask' }])
    inspector.put(risk)
    expect(inspector.verdict()).toMatchObject({ found: [] })
    expect([...inspector.verdict().heard.keys()]).toEqual(['who', 'risk', 'ask'])
  })

  it('takes back what the engine thinks better of', () => {
    const [line] = linesOf([['s', '保本']]) as [SaidLine]
    const inspector = listen([line])
    expect(inspector.verdict().found).toHaveLength(1)
    inspector.put({ ...line, text: '宝贝' })
    expect(inspector.verdict().found).toEqual([])
  })

  it('lets a tick stand for what was said', () => {
    const inspector = listen(linesOf([question]))
    inspector.hold(
      new Map([
        ['who', 1],
        ['risk', 2],
      ]),
    )
    expect(inspector.verdict().found).toEqual([])
    expect([...inspector.verdict().heard.keys()]).toEqual(['ask'])
  })

  it('knows after a restart what was said before it, and hears a customer take it back', () => {
    const before = new Map(script.items.map(({ id }) => [id, 0]))
    const inspector = inspectorFor(script, before)
    for (const line of linesOf([['c', '我不同意了']])) inspector.put(line)
    expect([...inspector.verdict().takenBack]).toEqual(['yes'])
  })
})

const pieces = [
  '我是',
  '理财经理',
  '不保证本金',
  '可能亏损',
  '是否愿意购买',
  '愿意',
  '同意',
  '不愿意',
  '不同意',
  '保本',
  '零风险',
  '不保本',
  '不',
  '保',
  '本',
  '嗯',
  '好',
  '这个',
  '产品',
] as const
const said = fc.array(
  fc.tuple(
    fc.constantFrom('s' as const, 'c' as const),
    fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((parts) => parts.join('')),
  ),
  { maxLength: 40 },
)

const resultOf = (lines: readonly SaidLine[]) => {
  const { heard, takenBack, found } = listen(lines).verdict()
  return { heard: new Map(heard), takenBack: new Set(takenBack), found: [...found] }
}

describe('whatever is said', () => {
  it('comes to the same in whatever order the lines arrive, and however often', () => {
    fc.assert(
      fc.property(said, fc.infiniteStream(fc.nat()), (spoken, order) => {
        const lines = linesOf(spoken)
        const keys = new Map(lines.map((line) => [line, order.next().value as number]))
        const shuffled = lines.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
        expect(resultOf([...shuffled, ...shuffled.slice(0, 5)])).toEqual(resultOf(lines))
      }),
      { numRuns: 300 },
    )
  })

  it('says after each line what it would say had it listened to all of them at once', () => {
    fc.assert(
      fc.property(said, (spoken) => {
        const inspector = inspectorFor()
        const lines = linesOf(spoken)
        for (const [index, line] of lines.entries()) {
          inspector.put(line)
          const { heard, found } = inspector.verdict()
          const whole = resultOf(lines.slice(0, index + 1))
          expect({ heard, found }).toEqual({ heard: whole.heard, found: whole.found })
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is heard the same with any width, case, space and punctuation', () => {
    const noise = fc.array(fc.constantFrom(' ', '，', '。', '…', '　', '嗯', '呃', '-', '“', '！'), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(said, fc.infiniteStream(noise), (spoken, between) => {
        const noisy = spoken.map(
          ([who, text]): Said => [
            who,
            Array.from(text, (one) => one + (between.next().value as string[]).join('')).join(''),
          ],
        )
        expect(resultOf(linesOf(noisy))).toEqual(resultOf(linesOf(spoken)))
      }),
      { numRuns: 200 },
    )
  })

  it('is heard the same wherever the engine cuts a turn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 12 }),
        fc.array(fc.nat(40)),
        (parts, cuts) => {
          const text = parts.join('')
          const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b)
          const ends = [...places, text.length]
          const cut = ends.map((end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end))
          const at = (texts: readonly string[]): readonly SaidLine[] =>
            texts.map((one, index) => ({ line: `${index}`, speaker: 'seller', at: 1_000 + index, text: one }))
          const heard = (lines: readonly SaidLine[]) =>
            [...listen(lines, free).verdict().heard.keys()].toSorted()
          const free = Script.parse({ ...fundScript, ordered: false })
          expect(heard(at(cut))).toEqual(heard(at([text])))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never has a yes without its question within two minutes before it', () => {
    fc.assert(
      fc.property(said, (spoken) => {
        const lines = linesOf(spoken)
        const { heard } = listen(lines).verdict()
        const yes = heard.get('yes')
        if (yes === undefined) return
        const asked = heard.get('ask')
        expect(asked).toBeDefined()
        expect(asked).toBeLessThanOrEqual(yes)
        const line = lines.find(({ at }) => at === yes)
        expect(line?.speaker).toBe('customer')
      }),
      { numRuns: 500 },
    )
  })

  it('costs for the last line of three hours what it costs for one of the first', () => {
    const hour = (from: number): readonly SaidLine[] =>
      linesOf(
        Array.from(
          { length: 900 },
          (_, index): Said => [
            index % 5 === 4 ? 'c' : 's',
            `第${index}句，这款产品的风险等级是R3，投资期限一年，收益浮动，不保本。`,
          ],
        ),
        from,
      )
    const inspector = inspectorFor()
    const spent = [0, 1, 2].map((nth) => {
      const begun = performance.now()
      for (const line of hour(nth * 900)) {
        inspector.put(line)
        inspector.verdict()
      }
      return performance.now() - begun
    })
    expect(inspector.lineCount).toBe(2_700)
    // A thousand lines of an hour in seconds, on any machine; three times as many lines are not nine times as long.
    expect(spent[2]).toBeLessThan(Math.max(4 * (spent[0] ?? 0), 1_000))
    expect(spent[0]).toBeLessThan(20_000)
  })
})
