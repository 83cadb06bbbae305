/** A branch that records sales of one product, with titles, an expert and a manager. */
import { parse, stringify } from 'yaml'
import { labFile } from '../desk/look-lab.ts'
import { fundScript } from './sales-lab.ts'

export const titledScript = {
  ...fundScript,
  title: { zh: '基金', en: 'The fund' },
  items: fundScript.items.map((item) =>
    item.id === 'risk' ? { ...item, title: { zh: '风险提示', en: 'The warning' } } : item,
  ),
  forbidden: [{ ...fundScript.forbidden[0], title: { zh: '承诺保本', en: 'The principal promised' } }],
}

/** @param script null: nothing is recorded any more. */
export const yamlWith = (script: object | null) => {
  const branch = parse(labFile) as { devices: object[]; staff: object[] }
  return stringify({
    ...branch,
    devices: [
      ...branch.devices,
      { id: 'kiosk-1', kind: 'kiosk', title: { zh: '一号机', en: 'Kiosk one' }, zone: 'waiting' },
      { id: 'kiosk-2', kind: 'kiosk', zone: 'waiting' },
    ],
    staff: [...branch.staff, { id: 'mei', title: { zh: '梅经理', en: 'Ms Mei' }, roles: ['lobby'] }],
    experts: { people: [{ id: 'ann', title: { zh: '安专家', en: 'Dr Ann' } }] },
    ...(script !== null && { recording: { scripts: [script] } }),
  })
}
