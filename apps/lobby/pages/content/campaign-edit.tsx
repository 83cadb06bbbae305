/** One campaign of the app's: what it shows, to whom, where, when and how often. */
import { ArrowLeft } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { CampaignTold, Library } from '#protocol/desk/content-routes.ts'
import { Field } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { go, useSearch } from '../../frame/router.ts'
import { askHub } from '../../live/ask-hub.ts'
import { CampaignFields } from './campaign-fields.tsx'
import content from './content.module.css'
import { DropButton } from './drop-button.tsx'
import { EditBar } from './edit-bar.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import {
  CampaignForm,
  campaignFormOf,
  campaignIn,
  campaignSwitched,
  forWhom,
  newCampaignForm,
  runsTroubles,
} from './model/campaign-form.ts'
import { newName, randomPart } from './model/names.ts'
import { saidForWhom } from './model/sentence.ts'
import { faceOf } from './model/standing.ts'
import { ChoiceField } from './native-field.tsx'
import { useTell } from './notice.tsx'
import { OvertakenNote } from './overtaken.tsx'
import { campaignsPath } from './paths.ts'
import { useDoing } from './use-doing.ts'
import { useEdited } from './use-edited.ts'
import { contentWords } from './words.ts'

interface CampaignEditProps {
  readonly library: Library
  readonly today: string
  readonly campaign: CampaignTold | undefined
  /** Of the address. */
  readonly name: string
  readonly again: () => void
}

const useFresh = ({ library }: CampaignEditProps) => {
  const titleOf = useTitle()
  const wished = useSearch().get('item')
  const item = library.items.find(({ id }) => id === wished)
  return useMemo(() => {
    const title = item === undefined ? '' : titleOf(item.title, item.id)
    const form = { ...newCampaignForm, item: item?.id ?? '', title }
    return { id: newName('', randomPart()), revision: 0, form }
    // oxlint-disable-next-line react/exhaustive-deps -- begun once, whatever is read meanwhile
  }, [wished])
}

const useCampaign = (props: CampaignEditProps) => {
  const { library, campaign, name, today, again } = props
  const tongue = useTongue()
  const there = useMemo(
    () =>
      campaign && {
        id: campaign.id,
        revision: campaign.revision,
        form: campaignFormOf(campaign, tongue),
      },
    [campaign, tongue],
  )
  const here = useEdited({ key: `campaign.${name}`, shape: CampaignForm, there, fresh: useFresh(props) })
  const { form, id, revision } = here.edited
  const doing = useDoing(again)
  const item = library.items.find((one) => one.id === form.item)
  const asked = () =>
    campaignIn(form, {
      campaign: id,
      title: { ...campaign?.title, [tongue]: form.title.trim() },
      item: form.item,
      productCode: (item && faceOf(item)?.productCode) ?? '',
      revision,
    })
  const troubles = runsTroubles(form.runs, today)
  const isNameless = form.title.trim() === ''
  const wrong = Object.keys(troubles).length + Number(isNameless) + Number(form.item === '')
  const said = saidForWhom(forWhom(form), library.zones, tongue)
  return { here, form, doing, asked, troubles, isNameless, wrong, said }
}

const useActs = (
  { campaign }: CampaignEditProps,
  { here, doing, asked, wrong }: ReturnType<typeof useCampaign>,
) => {
  const say = useSay()
  const titleOf = useTitle()
  const tell = useTell()
  const [isAsked, setAsked] = useState(false)
  const save = async () => {
    setAsked(true)
    if (wrong > 0 || !(await doing.run(() => askHub('setDeskCampaign', asked())))) return
    here.forget()
    tell({ at: campaignsPath, words: say(contentWords.saved) })
    go(campaignsPath)
  }
  const drop = async (there: CampaignTold) => {
    const { id, revision, on } = there
    if (!(await doing.run(() => askHub('dropDeskCampaign', { campaign: id, revision })))) return
    here.forget()
    const again = campaignSwitched(there, on)
    tell({
      at: campaignsPath,
      words: say(contentWords.dropped, { title: titleOf(there.title, id) }),
      ...(again !== undefined && { undo: () => askHub('setDeskCampaign', { ...again, revision: 0 }) }),
    })
    go(campaignsPath)
  }
  return { isAsked, save, drop: campaign && (() => void drop(campaign)) }
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

export const CampaignEdit = (props: CampaignEditProps) => {
  const { library, campaign } = props
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  const at = useCampaign(props)
  const { here, form, doing, troubles, isNameless, wrong, said } = at
  const { isAsked, save, drop } = useActs(props, at)
  const title = campaign === undefined ? say(contentWords.newCampaign) : titleOf(campaign.title, campaign.id)
  return (
    <>
      <header className={content.head}>
        <IconButton
          label={say(contentWords.campaigns)}
          icon={<ArrowLeft aria-hidden />}
          onPress={() => go(campaignsPath)}
        />
        <h1>{title}</h1>
        {drop !== undefined && <DropButton title={title} isDisabled={doing.isBusy} onDrop={drop} />}
      </header>
      <OvertakenNote
        here={here}
        who={undefined}
        now={campaign && saidForWhom(campaign, library.zones, tongue)}
      />
      <section className={styles.part} aria-label={title}>
        <Field
          label={say(formWords.titleOf)}
          value={form.title}
          onChange={(next) => here.set({ ...form, title: next })}
          maxLength={80}
          trouble={isAsked && isNameless ? say(formWords['trouble.name-missing']) : undefined}
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
          troubles={isAsked ? troubles : {}}
        />
      </section>
      <EditBar
        said={said}
        doing={doing}
        isChanged={here.isChanged || campaign === undefined}
        isHeld={here.overtaken !== undefined}
        wrong={isAsked ? wrong : 0}
        onSave={() => void save()}
        onDiscard={here.forget}
      />
    </>
  )
}
