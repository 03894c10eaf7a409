import { Button } from '../../ui/button.tsx';
import { Menu, MenuCheck } from '../../ui/menu.tsx';
import type { ColumnChoice } from './table/column-fit.ts';
import type { TableColumn } from './table/table-column.ts';

/** Which columns are shown. Those of a priority above 0 wait for room unless they are asked for. */
export function ColumnsMenu(props: {
  readonly columns: readonly TableColumn[];
  readonly choice: ColumnChoice;
  readonly onChange: (choice: ColumnChoice) => void;
}) {
  const { columns, choice } = props;
  return (
    <Menu heading="Columns" align="end" trigger={<Button>Columns</Button>}>
      {columns
        .filter((column) => column.kind !== 'name')
        .map((column) => (
          <MenuCheck
            key={column.id}
            checked={choice[column.id] ?? true}
            note={column.extra && choice[column.id] === undefined ? 'as there is room' : undefined}
            onChange={(checked) => props.onChange({ ...choice, [column.id]: checked })}
          >
            {column.title}
          </MenuCheck>
        ))}
    </Menu>
  );
}
