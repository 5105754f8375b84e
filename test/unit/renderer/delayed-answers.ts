/** Answers that a test gives when it wants to, each to a question that was put. */
export class DelayedAnswers<Question, Answer> {
  readonly asked: Question[] = []
  readonly #waiting: PromiseWithResolvers<Answer>[] = []

  ask(question: Question): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>()
    this.asked.push(question)
    this.#waiting.push(answer)
    return answer.promise
  }

  /** Answers the question of this number, counted from 0, and waits until the answer has been taken in. */
  async answer(index: number, answer: Answer): Promise<void> {
    this.#of(index).resolve(answer)
    await settled()
  }

  async fail(index: number, error: Error): Promise<void> {
    this.#of(index).reject(error)
    await settled()
  }

  #of(index: number): PromiseWithResolvers<Answer> {
    const waiting = this.#waiting[index]
    if (waiting === undefined) throw new Error(`Question ${index} has not been put`)
    return waiting
  }
}

/** Until whatever follows from what has happened has happened, too: no timer is waited for. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
