import { DesktopOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Col, Flex, Row, Statistic, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/session';
import { useProblemText } from '../shell/use-command';
import { useAppearance } from '../theme/appearance';
import { clockTime } from '../time/format';
import { Alerts } from './alerts';
import { ClockList } from './clock-list';
import { Proposals } from './proposals';
import { Punctuality } from './punctuality';
import { useWall } from './use-wall';

/** What is overdue, what is about to be, and what the supervising side must decide. */
export function WallPage() {
  const { t } = useTranslation();
  const { states } = useAppearance();
  const may = useMay();
  const problemText = useProblemText();
  const wall = useWall();
  const counted = (value: number | undefined) => (value === undefined ? '…' : value);
  const toned = (value: number | undefined, tone: string) => ({
    content: {
      fontSize: 30,
      lineHeight: 1.2,
      color: value === undefined ? states.grey : value > 0 ? tone : states.green,
    },
  });
  return (
    <div className="page">
      {wall.error !== null && (
        <Alert type="error" showIcon title={problemText(wall.error)} style={{ marginBottom: 12 }} />
      )}
      <Alerts />
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 8 }}>
        <Typography.Text type="secondary">
          {wall.asOf === 0 ? '' : t('dataAsOf', { time: clockTime(wall.asOf) })}
        </Typography.Text>
        {may('bigScreen.read') && (
          <Link to="/screen">
            <Button icon={<DesktopOutlined />} size="small">
              {t('screen.open')}
            </Button>
          </Link>
        )}
      </Flex>
      <Row gutter={[12, 12]}>
        <Col xs={8}>
          <Card size="small">
            <Statistic
              title={t('wall.overdue')}
              value={counted(wall.late?.length)}
              styles={toned(wall.late?.length, states.red)}
            />
          </Card>
        </Col>
        <Col xs={8}>
          <Card size="small">
            <Statistic
              title={t('wall.dueSoon')}
              value={counted(wall.soon?.length)}
              styles={toned(wall.soon?.length, states.orange)}
            />
          </Card>
        </Col>
        <Col xs={8}>
          <Card size="small">
            <Statistic
              title={t('wall.open')}
              value={counted(wall.open)}
              styles={{ content: { fontSize: 30, lineHeight: 1.2 } }}
            />
          </Card>
        </Col>
      </Row>
      <Proposals />
      <Row gutter={[12, 12]} style={{ marginTop: 12 }}>
        <Col xs={24} lg={14}>
          <ClockList title={t('wall.list')} empty={t('wall.nothingOverdue')} clocks={wall.late} />
        </Col>
        <Col xs={24} lg={10}>
          <ClockList title={t('wall.next')} empty={t('wall.nothingNext')} clocks={wall.soon} />
        </Col>
      </Row>
      <Punctuality />
    </div>
  );
}
