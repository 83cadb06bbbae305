/** The section of a branch that records sales of one product, with two sentences to be said. */
const said = (zh: string, en: string) => ({ zh, en })

export const recordingPlan = {
  inspector: 'none',
  startMs: 60_000,
  scripts: [
    {
      id: 'fund',
      version: 3,
      title: said('基金销售', 'Fund sale'),
      products: ['fund-a'],
      items: [
        { id: 'risk', title: said('风险提示', 'Risk'), speaker: 'seller', wordings: [['不保本']] },
        { id: 'agree', title: said('客户确认', 'Agreement'), speaker: 'customer', wordings: [['我同意']] },
      ],
      keepDays: 30,
      afterTermDays: 10,
    },
  ],
}
