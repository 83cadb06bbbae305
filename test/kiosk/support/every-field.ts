/** A service that asks for something of every kind, and for a secret: what of it leaves the kiosk is looked at. */
const said = (en: string, zh: string) => ({ zh, en })

export const everyField = {
  id: 'every-field',
  service: 'account',
  title: said('Every kind of field', '各类填写项'),
  steps: [
    {
      id: 'words',
      title: said('Who are you?', '您的信息'),
      fields: [
        { id: 'city', kind: 'text', title: said('City', '城市'), proposable: true },
        { id: 'name', kind: 'text', title: said('Name', '姓名') },
        { id: 'card', kind: 'digits', title: said('Card number', '卡号'), lengthMin: 4 },
      ],
    },
    {
      id: 'figures',
      title: said('How much, and when?', '金额与日期'),
      fields: [
        { id: 'phone', kind: 'phone', title: said('Phone', '手机号') },
        { id: 'amount', kind: 'amount', title: said('Amount', '金额'), max: 9_000_000_000 },
        { id: 'born', kind: 'date', title: said('Date of birth', '出生日期') },
        { id: 'years', kind: 'number', title: said('Years', '年限'), max: 9_999_999_999, required: false },
      ],
    },
    {
      id: 'choices',
      title: said('How shall it be?', '办理方式'),
      fields: [
        {
          id: 'way',
          kind: 'choice',
          title: said('Way', '方式'),
          proposable: true,
          options: [
            { id: 'by-post', title: said('By post', '邮寄') },
            { id: 'at-branch', title: said('At the branch', '到网点领取') },
          ],
        },
        {
          id: 'terms',
          kind: 'confirm',
          title: said('I have read the terms', '我已阅读条款'),
          required: false,
        },
      ],
    },
    {
      id: 'secret',
      title: said('Your code', '您的密码'),
      fields: [
        { id: 'code', kind: 'digits', title: said('Code', '密码'), lengthMin: 6, lengthMax: 6, secret: true },
      ],
    },
  ],
  result: { title: said('Done', '完成'), text: said('Nothing was changed.', '未作更改。') },
}
