/** A virtual vehicle of the library, given the actions of a service robot through the extension point that it has for that. */
import vda, { type VirtualActionDefinition } from 'vda-5050-lib'

const { ActionStatus } = vda

const speaking = (actionType: string): VirtualActionDefinition => ({
  actionType,
  actionScopes: ['node', 'instant'],
  actionParameterConstraints: {
    text: (value: unknown) => typeof value === 'string' && value.length > 0,
  },
  transitions: {
    ON_INIT: { next: ActionStatus.Running },
    ON_CANCEL: {},
    [ActionStatus.Running]: { durationTime: 2, next: ActionStatus.Finished },
    [ActionStatus.Finished]: { resultDescription: () => 'said' },
    [ActionStatus.Failed]: { errorDescription: () => 'not said' },
  },
})

export class ServiceRobot extends vda.VirtualAgvAdapter {
  protected override get actionDefinitions() {
    return [...super.actionDefinitions, speaking('greet'), speaking('announce')]
  }
}
