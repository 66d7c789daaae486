/** An answer that is an error, in the shape that a PDS gives (checked against @atproto/pds by peers/). */
export class XrpcFault extends Error {
  readonly status: number
  readonly error: string
  constructor(status: number, error: string, message: string) {
    super(message)
    this.status = status
    this.error = error
  }
}

export const invalidRequest = (message: string, error = 'InvalidRequest'): XrpcFault =>
  new XrpcFault(400, error, message)
