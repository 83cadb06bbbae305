/** One campaign of the app's: what it shows, to whom, where, when and how often. */
import type { CampaignTold } from '#protocol/desk/content-routes.ts'
import { Field } from '../../../ui/field.tsx'
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { askHub } from '../../live/ask-hub.ts'
import { CampaignFields } from './campaign-fields.tsx'
import { EditPage } from './edit-page.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import {
  CampaignForm,
  campaignFormOf,
  campaignIn,
  forWhom,
  newCampaignForm,
  runsTroubles,
} from './model/campaign-form.ts'
import type { Edited } from './model/edited.ts'
import { newName, randomPart } from './model/names.ts'
import { saidForWhom } from './model/sentence.ts'
import type { Library } from './model/shown-on.ts'
import { faceOf } from './model/standing.ts'
import { ChoiceField } from './native-field.tsx'
import { campaignsPath } from './paths.ts'
import { useEditing } from './use-editing.ts'
import { contentWords } from './words.ts'

interface CampaignEditProps {
  readonly library: Library
  readonly today: string
  readonly campaign: CampaignTold | undefined
  /** Of the address. */
  readonly name: string
  /** What a new one shows. */
  readonly item: string | null
  readonly again: () => void
}

const useCampaign = (
  { library, campaign, name, item, again }: CampaignEditProps,
  wrongIn: (form: CampaignForm) => number,
) => {
  const tongue = useTongue()
  const titleOf = useTitle()
  const itemOf = (id: string | null) => library.items.find((one) => one.id === id)
  const asked = ({ id, revision, form }: Edited<CampaignForm>) => {
    const shown = itemOf(form.item)
    return campaignIn(form, {
      campaign: id,
      title: { ...campaign?.title, [tongue]: form.title.trim() },
      item: form.item,
      productCode: (shown && faceOf(shown)?.productCode) ?? '',
      revision,
    })
  }
  return useEditing({
    library,
    again,
    name,
    key: 'campaign',
    list: campaignsPath,
    shape: CampaignForm,
    fresh: () => {
      const wished = itemOf(item)
      const title = wished === undefined ? '' : titleOf(wished.title, wished.id)
      const form = { ...newCampaignForm, item: wished?.id ?? '', title }
      return { id: newName('', randomPart()), revision: 0, form }
    },
    thereIn: ({ campaigns }, id) => {
      const there = campaigns.find((one) => one.id === id)
      return there && { id, revision: there.revision, form: campaignFormOf(there, tongue) }
    },
    wrongIn,
    asked,
    put: (edited) => askHub('setDeskCampaign', asked(edited)),
    drop: ({ id, revision }) => askHub('dropDeskCampaign', { campaign: id, revision }),
  })
}

interface ItemChoiceProps {
  readonly library: Library
  readonly value: string
  readonly onChange: (item: string) => void
  readonly isWrong: boolean
}

const ItemChoice = ({ library, value, onChange, isWrong }: ItemChoiceProps) => {
  const say = useSay()
  const titleOf = useTitle()
  return (
    <ChoiceField
      label={say(formWords.item)}
      value={value}
      onChange={onChange}
      trouble={isWrong ? say(formWords['trouble.item-missing']) : undefined}
      options={[
        { id: '', text: say(contentWords.chooseItem) },
        ...library.items.map(({ id, title }) => ({ id, text: titleOf(title, id) })),
      ]}
    />
  )
}

const isNameless = ({ title }: CampaignForm) => title.trim() === ''

export const CampaignEdit = (props: CampaignEditProps) => {
  const { library, campaign, today } = props
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  const wrongIn = (form: CampaignForm) =>
    Object.keys(runsTroubles(form.runs, today)).length + Number(isNameless(form)) + Number(form.item === '')
  const at = useCampaign(props, wrongIn)
  const { here, isAsked } = at
  const { form } = here.edited
  const title = campaign === undefined ? say(contentWords.newCampaign) : titleOf(campaign.title, campaign.id)
  return (
    <EditPage
      at={at}
      list={{ path: campaignsPath, word: 'campaigns' }}
      title={title}
      who={undefined}
      now={campaign && saidForWhom(campaign, library.zones, tongue)}
      said={saidForWhom(forWhom(form), library.zones, tongue)}
      wrong={wrongIn(form)}
    >
      <section className={styles.part} aria-label={title}>
        <Field
          label={say(formWords.titleOf)}
          value={form.title}
          onChange={(next) => here.set({ ...form, title: next })}
          maxLength={80}
          trouble={isAsked && isNameless(form) ? say(formWords['trouble.name-missing']) : undefined}
        />
        <ItemChoice
          library={library}
          value={form.item}
          onChange={(item) => here.set({ ...form, item })}
          isWrong={isAsked && form.item === ''}
        />
        <CampaignFields
          library={library}
          value={form}
          onChange={here.set}
          troubles={isAsked ? runsTroubles(form.runs, today) : {}}
        />
      </section>
    </EditPage>
  )
}
