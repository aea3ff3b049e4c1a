import { defineBackground } from 'wxt/utils/define-background';
import { log } from '../../utils/platform/log.ts';

export default defineBackground({
  type: 'module',
  main() {
    log.info('background', 'started');
  },
});
