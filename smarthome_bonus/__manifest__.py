{
    "name": "Smart Home: bonus and salary",
    "summary": "The bonus from the final profit, the profit autopsy, the month's salary",
    "version": "19.0.1.0.0",
    "category": "Smart Home",
    "author": "Smart Home",
    "license": "LGPL-3",
    "depends": ["smarthome_crm", "hr"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/smarthome_bonus_rules.xml",
        "security/smarthome_salary_rules.xml",
        "views/smarthome_bonus_rule_views.xml",
        "views/smarthome_bonus_views.xml",
        "views/sale_order_views.xml",
        "views/smarthome_bonus_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["smarthome_bonus/static/src/**/*"],
        "web.assets_unit_tests": ["smarthome_bonus/static/tests/**/*.test.js"],
        "web.assets_tests": ["smarthome_bonus/static/tests/tours/**/*"],
    },
}
