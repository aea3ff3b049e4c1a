import { Glyph } from './Glyph.tsx';

interface SelectProps {
  /** What is chosen, for screen readers. */
  name: string;
  value: string;
  options: readonly { value: string; text: string }[];
  isField?: boolean;
  /** Something else than usual is chosen. */
  isOn?: boolean;
  id?: string;
  onChoose: (value: string) => void;
}

/** A choice of one, as the platform draws it when it opens. */
export function Select({ name, value, options, isField = false, isOn = false, id, onChoose }: SelectProps) {
  return (
    <span class={`select${isField ? ' field' : ''}${isOn ? ' on' : ''}`}>
      <select id={id} aria-label={name} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <Glyph name="down" isSmall />
    </span>
  );
}
