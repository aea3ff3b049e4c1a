import { word } from '../../../utils/platform/words.ts';
import { Select } from '../parts/Select.tsx';

interface ChoiceProps {
  /** The words of its title, and of what it is for. */
  title: string;
  about: string;
  value: string;
  options: { value: string; text: string }[];
  canEdit: boolean;
  onChoose: (value: string) => void;
}

/** One of a few that an admin settles for everybody. Who may not change it reads it in words. */
export function Choice({ title, about, value, options, canEdit, onChoose }: ChoiceProps) {
  return (
    <section>
      <div class="heading">
        <h2>{word(title)}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word(about)}
      </p>
      {canEdit ? (
        <Select name={word(title)} value={value} options={options} onChoose={onChoose} />
      ) : (
        <p>{options.find((each) => each.value === value)?.text}</p>
      )}
    </section>
  );
}
