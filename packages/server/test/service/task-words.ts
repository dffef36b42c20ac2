import { admin, person, type Stand } from './stand.ts';
import { storyOf, type Task } from './story.ts';

/** What people do with a task in hand. The stand is asked for at each word, because it opens before the first test. */
export function taskWords(stand: () => Stand) {
  return {
    start: async (policy: string, more: object = {}) =>
      (await storyOf(stand()).create(policy, more)).body.request_id,
    decideAs: (sub: string, task: Task, action: string) =>
      stand().call(person(sub), 'POST', `/tasks/${task.id}/decision`, { action }),
    adminDecides: (task: Task, action: string) =>
      stand().call(admin, 'POST', `/tasks/${task.id}/decision`, { action }),
    claimAs: (sub: string, task: Task) => stand().call<Task>(person(sub), 'POST', `/tasks/${task.id}/claim`),
    reassign: (task: Task, new_assignee: string, more: object = {}) =>
      stand().call<Task>(admin, 'POST', `/tasks/${task.id}/reassign`, { new_assignee, ...more }),
    lastOf: async (requestId: string) => (await storyOf(stand()).timeline(requestId)).at(-1),
  };
}
