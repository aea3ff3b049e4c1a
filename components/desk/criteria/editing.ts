import type { CriterionDraft } from '../../../utils/view/desk/criterion-draft.ts';

/** The form that is open, if any, and how to open another. */
export interface Editing {
  draft: CriterionDraft | null;
  open: (draft: CriterionDraft | null) => void;
}
