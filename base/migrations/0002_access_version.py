"""Raise a user's access version when roles, their rights or companies change, by whatever door."""

from django.db import migrations

OF_ONE_USER = """
CREATE FUNCTION base_access_of_user_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE base_user SET access_version = access_version + 1
     WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
    RETURN NULL;
END $$;
CREATE TRIGGER access_changed AFTER INSERT OR UPDATE OR DELETE ON base_user_roles
    FOR EACH ROW EXECUTE FUNCTION base_access_of_user_changed();
CREATE TRIGGER access_changed AFTER INSERT OR UPDATE OR DELETE ON base_user_companies
    FOR EACH ROW EXECUTE FUNCTION base_access_of_user_changed();
"""

OF_EVERY_USER = """
CREATE FUNCTION base_access_of_all_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE base_user SET access_version = access_version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER access_changed AFTER INSERT OR UPDATE OR DELETE ON base_role_permissions
    FOR EACH STATEMENT EXECUTE FUNCTION base_access_of_all_changed();
CREATE TRIGGER access_changed AFTER INSERT OR UPDATE OR DELETE ON base_roleimplication
    FOR EACH STATEMENT EXECUTE FUNCTION base_access_of_all_changed();
"""

UNDO = """
DROP FUNCTION base_access_of_user_changed() CASCADE;
DROP FUNCTION base_access_of_all_changed() CASCADE;
"""


class Migration(migrations.Migration):
    """Triggers on the link tables that Django makes by itself."""

    dependencies = [("base", "0001_initial")]

    operations = [migrations.RunSQL(OF_ONE_USER + OF_EVERY_USER, UNDO)]
