import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs } from '../../shell/slots.tsx';

export function StatusPage() {
  return (
    <Crumbs>
      <Crumb current>Status</Crumb>
    </Crumbs>
  );
}
