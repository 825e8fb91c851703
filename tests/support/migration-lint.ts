/**
 * What a migration must not do while the product runs (docs/decisions/0063-migrations-under-load.md).
 * Judges PostgreSQL's own parse of a script.
 */
import {
  parse,
  type AlterTableCmd,
  type AlterTableStmt,
  type ColumnDef,
  type Constraint,
  type IndexStmt,
  type Node,
} from 'libpg-query';

/** The kind of a node and what is in it: `{ IndexStmt: {…} }` is `['IndexStmt', {…}]`. */
const unwrapped = (node: Node) => Object.entries(node)[0] as [string, never];

const constraintsOf = ({ constraints = [] }: ColumnDef): Constraint[] =>
  constraints.map((node) => unwrapped(node)[1]);

/** Whether PostgreSQL computes a default once, and not for every row of the table. */
function isConstant(expression: Node | undefined): boolean {
  if (!expression) return true;
  const [kind, inner] = unwrapped(expression) as [string, { arg?: Node; elements?: Node[] }];
  if (kind === 'TypeCast') return isConstant(inner.arg);
  if (kind === 'A_ArrayExpr') return (inner.elements ?? []).every(isConstant);
  return kind === 'A_Const' || kind === 'SQLValueFunction';
}

function dangersOfColumn(column: ColumnDef): string[] {
  const constraints = constraintsOf(column);
  const isNotNull = constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL');
  const given = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT');
  return [
    ...(isNotNull && !given ? ['adds a NOT NULL column without a default'] : []),
    ...(isConstant(given?.raw_expr)
      ? []
      : ['adds a column whose default is computed for each row']),
    ...constraints.flatMap(({ contype }) => {
      if (contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE')
        return ['adds a column with an index'];
      if (contype === 'CONSTR_GENERATED' || contype === 'CONSTR_IDENTITY')
        return ['adds a column that is computed for each row'];
      if (contype === 'CONSTR_CHECK' || (contype === 'CONSTR_FOREIGN' && given))
        return ['adds a column whose constraint reads each row'];
      return [];
    }),
  ];
}

function dangersOfConstraint({ contype, skip_validation, indexname }: Constraint): string[] {
  if (contype === 'CONSTR_FOREIGN' || contype === 'CONSTR_CHECK' || contype === 'CONSTR_NOTNULL')
    return skip_validation
      ? []
      : ['adds a constraint without NOT VALID; validate it in the next migration'];
  return indexname ? [] : ['adds a constraint that builds an index; USING INDEX takes a built one'];
}

/** @param added names of the constraints that the same script adds without validating them */
function dangersOfChange({ subtype, def, name }: AlterTableCmd, added: Set<string>): string[] {
  const inner = def && unwrapped(def)[1];
  switch (subtype) {
    case 'AT_AddColumn':
      return dangersOfColumn(inner!);
    case 'AT_AddConstraint':
      return dangersOfConstraint(inner!);
    case 'AT_ValidateConstraint':
      return added.has(name ?? '')
        ? [
            'validates a constraint under the lock with which it was added; do it in the next migration',
          ]
        : [];
    case 'AT_SetNotNull':
      return ['reads the whole table for NOT NULL; validate a CHECK (… IS NOT NULL) before'];
    case 'AT_AlterColumnType':
      return ['changes a type; add a column instead'];
    case 'AT_DropColumn':
      return ['drops a column, which servers of the version before may still use'];
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
    case 'AT_SetTableSpace':
    case 'AT_SetAccessMethod':
    case 'AT_AddIdentity':
    case 'AT_SetExpression':
      return ['rewrites the table'];
    default:
      return [];
  }
}

const changesOf = ({ cmds = [] }: AlterTableStmt): AlterTableCmd[] =>
  cmds.map((node) => unwrapped(node)[1]);

/** The tables and materialized views that a statement makes. */
function made(node: Node): string[] {
  const [kind, inner] = unwrapped(node) as [string, Record<string, { relname?: string }>];
  const relation =
    kind === 'CreateStmt'
      ? inner.relation
      : kind === 'CreateTableAsStmt'
        ? (inner.into as { rel?: { relname?: string } }).rel
        : undefined;
  return relation?.relname ? [relation.relname] : [];
}

/** What statements of these kinds do, whatever they do it to. */
const ALWAYS: Record<string, string> = {
  RenameStmt: 'renames what servers of the version before still use; add the new name instead',
  TransactionStmt: 'ends the transaction in which the whole script is applied',
  DoStmt: 'does what cannot be judged',
  LockStmt: 'locks a table',
  VacuumStmt: 'rewrites or reads a whole table',
  ClusterStmt: 'rewrites a table',
  ReindexStmt: 'locks a table for as long as its indexes are built',
  TruncateStmt: 'empties a table',
};

/** What statements of these kinds do to a table that has been there. */
const TO_A_TABLE: Record<string, string> = {
  UpdateStmt: 'locks the rows of a table until it has written all; a job can do it in parts',
  DeleteStmt: 'locks the rows of a table until it has deleted all; a job can do it in parts',
};

function dangersOfIndex({ concurrent }: IndexStmt, statements: number): string[] {
  if (!concurrent)
    return ['builds an index that nobody can write beside; CONCURRENTLY, alone in its migration'];
  return statements > 1 ? ['builds an index CONCURRENTLY, but not alone in its migration'] : [];
}

/**
 * What a migration would do to those who use the product meanwhile: `CREATE INDEX …: builds …`.
 * Tables that the script itself makes are nobody's yet. A statement under a comment `-- safe: why` has
 * been thought about.
 */
export async function dangersIn(sql: string): Promise<string[]> {
  const bytes = Buffer.from(sql);
  const { stmts = [] } = await parse(sql);
  const statements = stmts.map(({ stmt, stmt_location: at = 0, stmt_len: length }, index) => {
    const before = stmts[index - 1];
    const from = before ? (before.stmt_location ?? 0) + (before.stmt_len ?? 0) : 0;
    const said = bytes.subarray(at, length ? at + length : undefined).toString();
    const isThought = /^\s*--\s*safe:\s*\S/m.test(bytes.subarray(from, at).toString());
    return { node: stmt!, said: said.replace(/\s+/g, ' ').trim(), isThought };
  });
  const isNew = new Set(statements.flatMap(({ node }) => made(node)));
  const added = new Set(
    statements.flatMap(({ node }) => {
      const [kind, inner] = unwrapped(node);
      if (kind !== 'AlterTableStmt') return [];
      return changesOf(inner).flatMap(({ subtype, def }) =>
        subtype === 'AT_AddConstraint' && def
          ? [(unwrapped(def)[1] as Constraint).conname ?? '']
          : [],
      );
    }),
  );

  const dangersOf = (node: Node): string[] => {
    const [kind, inner] = unwrapped(node) as [string, never];
    const { relation, removeType } = inner as {
      relation?: { relname?: string };
      removeType?: string;
    };
    if (ALWAYS[kind]) return [ALWAYS[kind]];
    if (kind === 'DropStmt')
      return removeType === 'OBJECT_TABLE'
        ? ['drops a table, which servers of the version before may still use']
        : [];
    if (isNew.has(relation?.relname ?? '')) return [];
    if (TO_A_TABLE[kind]) return [TO_A_TABLE[kind]];
    if (kind === 'IndexStmt') return dangersOfIndex(inner, statements.length);
    if (kind === 'AlterTableStmt')
      return changesOf(inner).flatMap((change) => dangersOfChange(change, added));
    return [];
  };
  return statements
    .filter(({ isThought }) => !isThought)
    .flatMap(({ node, said }) =>
      dangersOf(node).map(
        (danger) => `${said.slice(0, 60)}${said.length > 60 ? '…' : ''}: ${danger}`,
      ),
    );
}
