import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { Select } from './Select.tsx';

interface OrderSelectProps<Order extends string> {
  desk: Desk;
  orders: readonly Order[];
  held: Order;
  /** The one that the address need not name. */
  usual: Order;
}

/** How a list stands that has no columns to order it by. */
export function OrderSelect<Order extends string>({ desk, orders, held, usual }: OrderSelectProps<Order>) {
  return (
    <Select
      name={word('desk_order')}
      value={held}
      options={orders.map((value) => ({ value, text: word(`desk_order_${value}`) }))}
      onChoose={(order) => desk.address.change({ order: order === usual ? '' : order }, false)}
    />
  );
}
