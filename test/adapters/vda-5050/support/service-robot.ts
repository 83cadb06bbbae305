/** A virtual vehicle of the library, given the actions of a service robot through the extension point that it has for that. */
import vda, { type ActionContext, type VirtualActionDefinition } from 'vda-5050-lib'

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

  /**
   * Says at once that an action is prepared. Left to itself the library says `WAITING` until its next tick, and a cancel
   * in between does not reach the action: it goes on under the next order, whose cancel then ends the whole process.
   */
  override executeAction(context: ActionContext) {
    if (context.scope === 'node') context.updateActionStatus({ actionStatus: ActionStatus.Initializing })
    super.executeAction(context)
  }
}
