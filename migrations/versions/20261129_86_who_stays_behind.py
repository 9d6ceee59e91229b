"""A brother or sister that stays behind is noted when one leaves the group or the search.

What was proposed to those who were searched for together rests on the one who left. Afterwards
nothing says who was in the group, so the database notes it when it happens.

Revision ID: 20261129_86
Revises: 20261129_85
"""

from alembic import op

revision = "20261129_86"
down_revision = "20261129_85"
branch_labels = None
depends_on = None

# With whom a child is searched for together, as `kin_fields_since` asks it of the present.
NOTE = """
CREATE FUNCTION pleegzorg_note_kin_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE who text := coalesce(nullif(current_setting('pleegzorg.actor', true), ''), current_user);
BEGIN
  INSERT INTO field_change (registration_id, field, actor)
  SELECT kin.id, 'broersZussen', who
    FROM registration AS kin
    JOIN sibling_group AS own ON own.id = kin.sibling_group_id
   WHERE kin.sibling_group_id = OLD.sibling_group_id AND kin.id <> NEW.id AND kin.state = 'zoekt'
     AND (own.wish <> 'apart' OR EXISTS (
       SELECT FROM sibling_pair_wish AS told
        WHERE told.wish <> 'apart'
          AND ((told.registration_id = kin.id AND told.other_number = NEW.number)
            OR (told.registration_id = NEW.id AND told.other_number = kin.number))))
   ORDER BY kin.id;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(NOTE)
    op.execute("REVOKE ALL ON FUNCTION pleegzorg_note_kin_left() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER registration_kin_left AFTER UPDATE OF sibling_group_id, state"
        " ON registration FOR EACH ROW"
        " WHEN (OLD.sibling_group_id IS NOT NULL AND OLD.state = 'zoekt'"
        " AND (OLD.sibling_group_id IS DISTINCT FROM NEW.sibling_group_id"
        " OR NEW.state IN ('ingetrokken', 'gesloten')))"
        " EXECUTE FUNCTION pleegzorg_note_kin_left()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER registration_kin_left ON registration")
    op.execute("DROP FUNCTION pleegzorg_note_kin_left()")
