import type { PackedHead, Section } from '#contract/packed.ts';

/** How many bytes of blocks and of everything else were written on the way: the blocks first, the rest behind them. */
export interface Written {
  blocks: number;
  rest: number;
}

type Sections = PackedHead['sections'];

/** The sections where they lie in the whole file: behind the head's end at `begin` everything else, then the blocks. */
function place(sections: Sections, { blocks, rest }: Written, begin: number): Sections {
  const move = <S extends Section>(section: S): S => ({ ...section, at: section.at - blocks + begin });
  return {
    keys: sections.keys.map(move),
    ids: sections.ids.map(move),
    words: sections.words.map(move),
    tables: sections.tables.map(move),
    talkingPoints: move(sections.talkingPoints),
    blocks: sections.blocks.map((block) => ({ ...block, at: block.at + begin + rest })),
  };
}

/**
 * The beginning of the file: the head's length, and the head. `head.sections` come as they were written on the way. How long the head is depends on the numbers
 * in it, and they on its length: what room is left over is blanks, which JSON allows. Pure.
 */
export function layOutHead(head: PackedHead, written: Written): Buffer {
  for (let room = 0; ; ) {
    const begin = 4 + room;
    const text = Buffer.from(JSON.stringify({ ...head, sections: place(head.sections, written, begin) }));
    if (text.length > room) {
      room = text.length;
      continue;
    }
    const bytes = Buffer.alloc(begin, ' ');
    bytes.writeUInt32LE(room, 0);
    text.copy(bytes, 4);
    return bytes;
  }
}
