import type { WorkspaceId } from '#contract/ids.ts';
import type { KeptFile } from './kept-file.ts';

/** Of the same snapshot the last one is kept, and the one before for those who are at it. */
const filesAPlace = 2;

/** The files that are kept, newest first, by the place that each belongs to. */
export interface KeptFiles {
  list(place: string): readonly KeptFile[];
  /** Puts a file to its place; the oldest of all go where there are too many, or too many bytes. */
  put(place: string, workspaceId: WorkspaceId, file: KeptFile): void;
  /** Drops those of which `isOver` is true. */
  drop(isOver: (file: KeptFile, workspaceId: WorkspaceId) => boolean): void;
  all(): { workspaceId: WorkspaceId; file: KeptFile }[];
  measure(): { files: number; bytes: number };
}

/** Makes a place for files with nothing in it. */
export function createKeptFiles(limits: { mostFiles: number; mostBytes: number }): KeptFiles {
  let kept: { place: string; workspaceId: WorkspaceId; file: KeptFile }[] = [];

  function measure(): { files: number; bytes: number } {
    return { files: kept.length, bytes: kept.reduce((sum, { file }) => sum + file.bytes, 0) };
  }
  function drop(isOver: (file: KeptFile, workspaceId: WorkspaceId) => boolean): void {
    const over = kept.filter(({ file, workspaceId }) => isOver(file, workspaceId));
    kept = kept.filter((each) => !over.includes(each));
    for (const { file } of over) file.drop();
  }

  return {
    list: (place) => kept.filter((each) => each.place === place).map(({ file }) => file),
    put(place, workspaceId, file) {
      kept = [{ place, workspaceId, file }, ...kept];
      const older = kept.filter((each) => each.place === place).slice(filesAPlace);
      drop((each) => older.some((old) => old.file === each));
      for (let { files, bytes } = measure(); files > 1; { files, bytes } = measure()) {
        if (files <= limits.mostFiles && bytes <= limits.mostBytes) return;
        const oldest = kept.at(-1)?.file;
        drop((each) => each === oldest);
      }
    },
    drop,
    all: () => kept.map(({ workspaceId, file }) => ({ workspaceId, file })),
    measure,
  };
}
