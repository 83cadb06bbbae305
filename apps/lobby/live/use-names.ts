/** What members of the branch are called, by the ids that rows carry. */
import { titleIn, useTongue } from '../../ui/words.ts'
import { useTable } from './use-live.ts'

const personPrefix = 'person/'

/** Of a person: an account or its person; whoever is not of the branch is called as the account is. */
export const usePersonName = (): ((id: string) => string) => {
  const tongue = useTongue()
  const people = useTable('people')
  return (id) => {
    const plain = id.startsWith(personPrefix) ? id.slice(personPrefix.length) : id
    return titleIn(people.find((one) => one.id === plain)?.title ?? {}, tongue, plain)
  }
}

/** Of whoever does a task: a device, or `person/<id>`. */
export const useMemberName = (): ((id: string) => string) => {
  const tongue = useTongue()
  const devices = useTable('devices')
  const personName = usePersonName()
  return (id) => {
    if (id.startsWith(personPrefix)) return personName(id)
    return titleIn(devices.find((one) => one.id === id)?.title ?? {}, tongue, id)
  }
}

export const useZoneName = (): ((id: string) => string) => {
  const tongue = useTongue()
  const zones = useTable('zones')
  return (id) => titleIn(zones.find((one) => one.id === id)?.title ?? {}, tongue, id)
}
