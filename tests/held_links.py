"""Links without an account for tests, as a browser holds them that has opened one."""

from activity import links


def opened(client, purpose, record, address, *, proved=True):
    """The address of a record's page for whoever a link was sent to, in the client that opened it.

    proved: whether they have typed the code that proves it.
    """
    token = links.issue(purpose, record, address=address)
    session = client.session
    session[links.GRANTS] = {**session.get(links.GRANTS, {}), links._hash(token): proved}
    session.save()
    return links.path(purpose, token)
