/**
 * `roslib` with types: its own name their files without an ending, which TypeScript does not find under Node's rules.
 * What is used of it is described here as its declarations have it.
 */
import * as library from 'roslib'

export interface Ros {
  on(event: 'connection', listener: () => void): void
  callOnConnection(message: object): void
}
interface About {
  readonly ros: Ros
  readonly name: string
}
export interface ActionServer {
  advertise(onGoal: (goal: object, id: string) => void, onCancel: (id: string) => void): void
  sendFeedback(id: string, feedback: object): void
  setSucceeded(id: string, result: object): void
  setCanceled(id: string, result: object): void
  setFailed(id: string): void
}
export interface Topic<T> {
  advertise(): void
  publish(message: T): void
  subscribe(listener: (message: T) => void): void
}
export interface Service<Request, Response> {
  advertise(onCall: (request: Request, response: Partial<Response>) => boolean): Promise<void>
}

export const { Ros, Action, Topic, Service } = library as unknown as {
  readonly Ros: new (options: { readonly url: string }) => Ros
  readonly Action: new (about: About & { readonly actionType: string }) => ActionServer
  readonly Topic: new <T>(about: About & { readonly messageType: string }) => Topic<T>
  readonly Service: new <Request, Response>(
    about: About & { readonly serviceType: string },
  ) => Service<Request, Response>
}
