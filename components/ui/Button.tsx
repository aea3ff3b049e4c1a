import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';
import type { IconName } from './icon-paths.ts';

interface ButtonProps {
  /** `plain`: outlined; `main`: the one main button of a form; `bare`: no outline; `ghost`: small, in a row; `lone`: an icon with a name. */
  look?: 'plain' | 'main' | 'bare' | 'ghost' | 'lone';
  icon?: IconName;
  /** Needed when there is no text; also the tip then. */
  name?: string;
  isDisabled?: boolean;
  isExpanded?: boolean;
  controls?: string;
  onPress: () => void;
  children?: ComponentChildren;
}

/** A button. It never submits a form by itself. */
export function Button({
  look = 'plain',
  icon,
  name,
  isDisabled,
  isExpanded,
  controls,
  onPress,
  children,
}: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${look}`}
      aria-label={name}
      title={name}
      disabled={isDisabled}
      aria-expanded={isExpanded}
      aria-controls={controls}
      onClick={onPress}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
