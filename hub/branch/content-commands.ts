/** What people ask of the content library, as the journal keeps it. A file is named by what was found in it, so that a replay needs no files. */
import type { LiveTemplate, MandatoryKind, Media, NewPlaylist } from '#protocol/content.ts'
import type { NewCampaign } from '#protocol/desk/content-routes.ts'

interface OfVersion {
  readonly item: string
  readonly version: number
  readonly by: string
}

export type ContentCommand =
  /** One more version waits for a second person; it takes the place of one that still waited. */
  | {
      name: 'content.add'
      item: string
      /** Of a new item, or a better one; null: as it is. */
      title: Readonly<Record<string, string>> | null
      /** Comes with the approval; absent: as it is. */
      mandatory?: MandatoryKind | null
      media: Media | null
      template: LiveTemplate | null
      words: Readonly<Record<string, string>>
      productCode: string | null
      expiresOn: string | null
      by: string
    }
  | ({ name: 'content.approve' } & OfVersion)
  | ({ name: 'content.decline'; reason: string } & OfVersion)
  | ({ name: 'content.withdraw' } & OfVersion)
  /** Back to an approved version; null: off all screens. */
  | { name: 'content.put-in-force'; item: string; version: number | null; revision: number; by: string }
  | { name: 'playlist.set'; playlist: NewPlaylist; by: string }
  | { name: 'playlist.drop'; playlist: string; revision: number; by: string }
  /** A campaign that the hub keeps, beside those of the branch file. */
  | { name: 'campaign.put'; campaign: NewCampaign; by: string }
  | { name: 'campaign.drop'; campaign: string; revision: number; by: string }

export type ContentCommandOf<Name extends ContentCommand['name']> = Extract<ContentCommand, { name: Name }>

const names: readonly string[] = [
  'content.add',
  'content.approve',
  'content.decline',
  'content.withdraw',
  'content.put-in-force',
  'playlist.set',
  'playlist.drop',
  'campaign.put',
  'campaign.drop',
] satisfies readonly ContentCommand['name'][]

export const isContent = (command: { readonly name: string }): command is ContentCommand =>
  names.includes(command.name)
