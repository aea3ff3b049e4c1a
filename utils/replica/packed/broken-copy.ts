/** Something in the copy is not what the store sent, or makes no sense. Nothing may be read from it; the cure is another copy. */
export class BrokenCopy extends Error {
  override name = 'BrokenCopy';
}
